package org.carepathway.capacity;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code capacity_override}: who may be booked in a leave or closure, and why. */
@Repository
public class Overrides {

  private final JdbcClient jdbc;

  Overrides(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * That a referral may be booked so.
   *
   * @param by who allows it
   */
  record Allowance(String reason, String by) {}

  /** Allows the next booking of a referral in a leave or closure. */
  public void allow(String referral, String reason, String by, Instant at) {
    jdbc.sql(
            """
            insert into capacity_override (referral, reason, granted_by, granted_at)
            values (:referral, :reason, :by, :at)
            on conflict (referral) do update
            set reason = :reason, granted_by = :by, granted_at = :at, used_by = null\
            """)
        .param("referral", referral)
        .param("reason", reason)
        .param("by", by)
        .param("at", Timestamp.from(at))
        .update();
  }

  /** What an appointment may use; one that it has used already counts. */
  Optional<Allowance> find(String referral, String appointment) {
    return jdbc.sql(
            """
            select reason, granted_by from capacity_override
            where referral = :referral and (used_by is null or used_by = :appointment)\
            """)
        .param("referral", referral)
        .param("appointment", appointment)
        .query((row, number) -> new Allowance(row.getString(1), row.getString(2)))
        .optional();
  }

  void use(String referral, String appointment) {
    jdbc.sql("update capacity_override set used_by = :appointment where referral = :referral")
        .param("appointment", appointment)
        .param("referral", referral)
        .update();
  }
}
