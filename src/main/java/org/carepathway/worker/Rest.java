package org.carepathway.worker;

import java.time.Duration;

/**
 * How long a thread rests between two turns.
 *
 * @param isBroken whether a call of {@link Worker#wake} ends it
 */
public record Rest(Duration length, boolean isBroken) {

  private static final Duration LOOK = Duration.ofSeconds(1);

  /** There may be more to do. */
  public static final Rest NONE = new Rest(Duration.ZERO, false);

  /** There is nothing to do: it looks again in a second, for what another replica has left. */
  public static final Rest IDLE = untilWoken(LOOK);

  static final Rest AFTER_FAULT = unbroken(LOOK);

  public static Rest untilWoken(Duration atMost) {
    return new Rest(atMost, true);
  }

  /** Also where there is something to do. */
  public static Rest unbroken(Duration length) {
    return new Rest(length, false);
  }
}
