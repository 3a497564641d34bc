package org.carepathway.inbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * A source of messages and how it goes.
 *
 * @param pausedBy sign-in name of who paused it; null where it runs
 * @param pausedAt null where it runs
 * @param last when its last message came; null where none has
 * @param waits how long the oldest waits that is to be handled, or for a person; null where none
 *     does
 * @param lastHour messages that came in the last hour
 * @param counts messages by state, counted up to {@link #MOST}
 * @param faults why the last {@link #MOST} at most of those that are not handled are not
 */
public record Feed(
    String source,
    String pausedBy,
    Instant pausedAt,
    Instant last,
    Duration waits,
    long lastHour,
    Map<State, Integer> counts,
    Map<Fault, Integer> faults) {

  /** So that a hospital that sends much does not make its page slow. */
  public static final int MOST = 1_000;

  /** One that has sent nothing yet. */
  public static Feed silent(String source) {
    return new Feed(source, null, null, null, null, 0, Map.of(), Map.of());
  }

  public boolean isPaused() {
    return pausedBy != null;
  }

  public int count(State state) {
    return counts.getOrDefault(state, 0);
  }
}
