package org.carepathway.ehr;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Leaves an EHR alone that fails: at once where it asks for it or gives no token, else after three
 * failures in a row. The pauses grow; after each one question is tried.
 */
final class Circuit {

  private static final int PATIENCE = 3;
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Duration first;
  private final Clock clock;
  private int failures;
  private Instant closedAgain = Instant.MIN;
  private String why = "";

  Circuit(Duration first, Clock clock) {
    this.first = first;
    this.clock = clock;
  }

  /**
   * @throws EhrFault of the kind RESTING while it is open
   */
  synchronized void requireClosed() {
    Instant now = Instant.now(clock);
    if (now.isBefore(closedAgain)) {
      throw new EhrFault(EhrFault.Kind.RESTING, why, Duration.between(now, closedAgain), null);
    }
  }

  synchronized void answered() {
    failures = 0;
  }

  synchronized void failed(EhrFault fault) {
    if (!fault.kind().isOfAll()) {
      failures = 0;
      return;
    }
    failures++;
    boolean atOnce = fault.kind() == EhrFault.Kind.BUSY || fault.kind() == EhrFault.Kind.SIGN_IN;
    if (atOnce || failures >= PATIENCE) {
      why = fault.getMessage();
      closedAgain = Instant.now(clock).plus(fault.after() == null ? pause() : fault.after());
    }
  }

  private Duration pause() {
    Duration pause = first.multipliedBy(1L << Math.min(Math.max(failures - PATIENCE, 0), 16));
    return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
  }
}
