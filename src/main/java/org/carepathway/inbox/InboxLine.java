package org.carepathway.inbox;

import java.time.Instant;
import java.util.List;

/**
 * A message without its content, as lists show it.
 *
 * @param number in the order of arrival
 * @param lane whose it is, as the source names patients
 * @param accepted false where the sender was told that it is refused
 * @param attempts how often it was tried in vain
 * @param times how often the sender has sent it
 * @param replays how often a person had it handled again
 * @param replayedBy sign-in name of who did so last; null where nobody did
 * @param fault of what kind the reason is; null where it is not dead
 * @param asideBy sign-in name of who has set it aside; null where nobody did
 * @param asideWhy as they say it
 * @param finishedAt null while it is not handled
 * @param said what it did, or why it did not; null before
 * @param patients ids of the Patients that it concerns, once known
 */
public record InboxLine(
    long number,
    String source,
    String messageId,
    String kind,
    String lane,
    State state,
    boolean accepted,
    Instant receivedAt,
    Instant finishedAt,
    int attempts,
    int times,
    int replays,
    String replayedBy,
    Fault fault,
    String asideBy,
    String asideWhy,
    String said,
    List<String> patients) {

  /** Whether a person is to replay it or to set it aside. */
  public boolean waitsForSomebody() {
    return state == State.DEAD || state == State.ASKED;
  }

  /** Whether a person may have it handled again. */
  public boolean isReplayable() {
    return waitsForSomebody() || state == State.ASIDE;
  }
}
