package org.carepathway.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The one clock of the service: the system's time, plus what a demo or a test has moved it forward.
 * How far is kept in the database, so that it survives a restart.
 */
@Component
public class ServiceClock extends Clock {

  private static final Duration LARGEST_MOVE = Duration.ofDays(400);

  private final JdbcTemplate jdbc;
  private final ApplicationEventPublisher events;
  private final Clock system;
  private volatile Duration ahead;

  ServiceClock(JdbcTemplate jdbc, ApplicationEventPublisher events, SiteSettings site) {
    this.jdbc = jdbc;
    this.events = events;
    this.system = Clock.system(site.zone());
    this.ahead =
        Duration.ofSeconds(
            jdbc.queryForObject(
                "select extract(epoch from ahead)::bigint from service_clock", Long.class));
  }

  /** How far this clock is ahead of the system's. */
  public Duration ahead() {
    return ahead;
  }

  /**
   * Moves the clock forward; timers that became due fire at once.
   *
   * @throws IllegalArgumentException when the step is not between zero and 400 days
   */
  @Transactional
  public void advance(Duration step) {
    if (step.isNegative() || step.isZero() || step.compareTo(LARGEST_MOVE) > 0) {
      throw new IllegalArgumentException(
          "The clock moves forward only, by at most " + LARGEST_MOVE.toDays() + " days at a time.");
    }
    Duration next = ahead.plus(step);
    jdbc.update("update service_clock set ahead = make_interval(secs => ?)", next.toSeconds());
    ahead = next;
    events.publishEvent(new ClockMoved(next));
  }

  @Override
  public Instant instant() {
    return system.instant().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return system.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.offset(system.withZone(zone), ahead);
  }
}
