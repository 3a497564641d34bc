package org.carepathway.rehearsal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.joda.time.DateTimeUtils;

/**
 * A clock that stands still until it is moved, one for each thread, so that patients who travel at
 * the same time have each their own. The engine's clock follows it on these threads and is left
 * alone on all others.
 */
final class RehearsalClock extends Clock {

  private final ThreadLocal<Instant> now = new ThreadLocal<>();
  private final ZoneId zone = ZoneId.systemDefault();
  private final long othersAhead = DateTimeUtils.currentTimeMillis() - System.currentTimeMillis();
  private int travellers;

  /** Puts this thread's clock, and with it the engine's, to a moment. */
  synchronized void begin(Instant moment) {
    if (now.get() == null) {
      travellers++;
    }
    now.set(moment);
    DateTimeUtils.setCurrentMillisProvider(this::engineMillis);
  }

  /** This thread's clock goes on; never back. */
  void moveTo(Instant later) {
    if (later.isAfter(instant())) {
      now.set(later);
    }
  }

  void tick() {
    moveTo(instant().plus(Duration.ofSeconds(1)));
  }

  /** The last thread to end gives the engine's clock back to whoever had it. */
  synchronized void end() {
    if (now.get() != null) {
      now.remove();
      if (--travellers == 0) {
        DateTimeUtils.setCurrentMillisOffset(othersAhead);
      }
    }
  }

  @Override
  public Instant instant() {
    Instant own = now.get();
    return own == null ? Instant.ofEpochMilli(engineMillis()) : own;
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return Clock.fixed(instant(), other);
  }

  private long engineMillis() {
    Instant own = now.get();
    return own == null ? System.currentTimeMillis() + othersAhead : own.toEpochMilli();
  }
}
