package org.carepathway.capacity;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The table {@code capacity_look}: bookings that are to be looked at again, by their referral; one
 * of none is named {@code Appointment/} and its id.
 */
@Repository
class Looks {

  private final JdbcClient jdbc;

  Looks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Notes the bookings in a time that are not over.
   *
   * @param actor whose; null for all
   */
  void note(Long actor, Period during, Instant now) {
    jdbc.sql(
            """
            insert into capacity_look (referral)
            select distinct coalesce(referral, 'Appointment/' || appointment) from capacity_claim
            where state = 'booked' and upper(during) > :now
              and (cast(:actor as bigint) is null or actor = :actor)
              and during && tstzrange(:from, :to)
            on conflict (referral) do update set due = true\
            """)
        .param("actor", actor, Types.BIGINT)
        .param("now", Timestamp.from(now))
        .param("from", during.start())
        .param("to", during.end())
        .update();
  }

  /** Notes one booking, such as one that was made in spite of another one. */
  void note(String booking) {
    jdbc.sql(
            """
            insert into capacity_look (referral) values (:booking)
            on conflict (referral) do update set due = true\
            """)
        .param("booking", booking)
        .update();
  }

  /** Those whose booking is to be looked at. */
  List<String> due() {
    return jdbc.sql("select referral from capacity_look where due order by referral")
        .query(String.class)
        .list();
  }

  /**
   * Begins to look, before anything is read: what changes from now on is due again.
   *
   * @return the appointment that was told; empty for none
   */
  String begin(String referral) {
    return jdbc.sql(
            """
            update capacity_look set due = false where referral = :referral
            returning coalesce(told, '')\
            """)
        .param("referral", referral)
        .query(String.class)
        .optional()
        .orElse("");
  }

  void told(String referral, String appointment) {
    jdbc.sql("update capacity_look set told = :appointment where referral = :referral")
        .param("appointment", appointment)
        .param("referral", referral)
        .update();
  }

  void forget(String referral) {
    jdbc.sql("delete from capacity_look where referral = :referral")
        .param("referral", referral)
        .update();
  }
}
