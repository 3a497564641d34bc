package org.carepathway.outreach;

import java.time.Duration;

/**
 * What the table of a pathway says comes next.
 *
 * @param patience how long an answer is waited for
 * @param reserve opening hours that are kept for a call before the window ends
 */
record Rung(Step step, Duration patience, Duration reserve) {

  /** What is done. */
  enum Step {
    /** The question, by the channel that the patient prefers. */
    ASK,
    /** Once more by the same channel. */
    REMIND,
    /** Once more by another channel. */
    OTHER_CHANNEL,
    /** A person calls. */
    CALL
  }
}
