package org.carepathway.endtoend;

import static org.awaitility.Awaitility.await;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.carepathway.clock.ServiceClock;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Time that passes for a patient from timer to timer: what comes up on a working day comes up later
 * than a scenario's waits say where these end on a weekend.
 */
public record PathwayTimers(UUID pathway, JdbcTemplate jdbc, ServiceClock clock) {

  private static final String JOBS =
      """
      from act_ru_job j
      join act_ru_execution p on p.id_ = j.process_instance_id_
      join act_ru_execution r on r.id_ = p.root_proc_inst_id_
      where r.business_key_ = ? and j.retries_ > 0""";

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration LONGEST_WEEKEND = Duration.ofDays(5);

  /** What falls on the next working day. */
  public void until(BooleanSupplier reached) {
    until(reached, LONGEST_WEEKEND);
  }

  /** Also returns where it is not reached by then. */
  public void until(BooleanSupplier reached, Duration atMost) {
    Instant end = clock.instant().plus(atMost);
    settle(reached);
    while (!reached.getAsBoolean() && clock.instant().isBefore(end)) {
      Instant next = nextTimer().filter(end::isAfter).orElse(end);
      clock.advance(Duration.between(clock.instant(), next).plusSeconds(1));
      settle(reached);
    }
  }

  private void settle(BooleanSupplier reached) {
    await().atMost(PATIENCE).until(() -> reached.getAsBoolean() || !hasDue());
  }

  private boolean hasDue() {
    return jdbc.queryForObject(
            "select count(*) " + JOBS + " and (j.duedate_ is null or j.duedate_ <= ?)",
            Integer.class,
            pathway.toString(),
            Timestamp.from(clock.instant()))
        > 0;
  }

  private Optional<Instant> nextTimer() {
    return Optional.ofNullable(
            jdbc.queryForObject(
                "select min(j.duedate_) " + JOBS, Timestamp.class, pathway.toString()))
        .map(Timestamp::toInstant);
  }
}
