package org.carepathway.waiting;

import java.time.Instant;
import java.util.List;

/**
 * How long a patient has waited. Days are those of the site's calendar, so that a change of the
 * clocks makes none longer.
 *
 * @param since when the clock began
 * @param stopped when the wait was over; null while it lasts
 * @param days waited, without those that do not count
 * @param paused days that do not count
 * @param limit how long the wait may be, as content writes it; null where nothing says it
 * @param breach when the limit is over, for who is paused if the pause were over now; null for none
 * @param course what has happened, the first one first
 */
public record WaitingClock(
    State state,
    Instant since,
    Instant stopped,
    int days,
    int paused,
    String limit,
    Instant breach,
    List<Happened> course) {

  /** Whether a clock runs. */
  public enum State {
    RUNNING("running"),
    PAUSED("paused"),
    STOPPED("stopped");

    private final String code;

    State(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }

  /** Whether the patient waits, or has waited, longer than the limit. */
  public boolean isBreached(Instant now) {
    return breach != null
        && switch (state) {
          case RUNNING -> !breach.isAfter(now);
          case PAUSED -> false;
          case STOPPED -> breach.isBefore(stopped);
        };
  }
}
