package org.carepathway.fhirfeed;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.carepathway.ehr.EhrFault;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/**
 * The table {@code fhir_feed}: who reads each EHR, and how it goes. A lease is held by the
 * database's clock and renewed with each question; no connection is held while an EHR is asked.
 */
@Repository
class FhirFeedRows {

  private static final Duration UNHEARD = Duration.ofMinutes(2);

  private final JdbcTemplate jdbc;

  FhirFeedRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  void known(String feed) {
    jdbc.update("insert into fhir_feed (feed) values (?) on conflict do nothing", feed);
  }

  /**
   * Whether this process is the one that reads it, now and until it would have begun the next
   * round: else each would read it in turn.
   *
   * @param interval from one round to the next
   */
  boolean lease(String feed, String process, Duration interval) {
    return jdbc.update(
            """
            update fhir_feed set leased_by = ?, leased_until = now() + ? * interval '1 millisecond'
            where feed = ? and (leased_by = ? or leased_until < now())""",
            process,
            interval.plus(UNHEARD).toMillis(),
            feed,
            process)
        > 0;
  }

  void release(String feed, String process) {
    jdbc.update(
        "update fhir_feed set leased_until = '-infinity' where feed = ? and leased_by = ?",
        feed,
        process);
  }

  void answered(String feed) {
    jdbc.update(
        "update fhir_feed set answered_at = now(), fault = null, said = null, fault_since = null where feed = ?",
        feed);
  }

  void failed(String feed, EhrFault fault) {
    jdbc.update(
        """
        update fhir_feed set fault = case when ? = 'RESTING' then coalesce(fault, ?) else ? end, said = ?,
          fault_since = coalesce(fault_since, now()) where feed = ?""",
        fault.kind().name(),
        fault.kind().name(),
        fault.kind().name(),
        fault.getMessage(),
        feed);
  }

  void round(String feed, int patients) {
    jdbc.update(
        "update fhir_feed set round_at = now(), patients = ? where feed = ?", patients, feed);
  }

  FeedState state(String feed) {
    return jdbc
        .query(
            """
            select f.*,
              (select count(*) from fhir_patient p where p.feed = f.feed and p.ehr_id is null
                and exists (select from pathway w where w.patient_id = p.patient and w.status = 'active')) as unmatched,
              (select count(*) from fhir_cursor c where c.feed = f.feed and c.failures > 0) as failing,
              (select min(c.said) from fhir_cursor c where c.feed = f.feed and c.failures > 0) as failing_said
            from fhir_feed f where f.feed = ?""",
            FhirFeedRows::state,
            feed)
        .stream()
        .findFirst()
        .orElseGet(() -> FeedState.silent(feed));
  }

  private static FeedState state(ResultSet row, int n) throws SQLException {
    return new FeedState(
        row.getString("feed"),
        row.getString("fault"),
        row.getString("said"),
        instant(row, "fault_since"),
        instant(row, "answered_at"),
        instant(row, "round_at"),
        row.getInt("patients"),
        row.getInt("unmatched"),
        row.getInt("failing"),
        row.getString("failing_said"),
        List.of());
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }
}
