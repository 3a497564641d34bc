package org.carepathway.capacity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads of the table {@code capacity_claim} what is booked and held, and by whom. */
@Repository
class TakenTimes {

  private static final String SELECT =
      """
      select actor, appointment, referral, lower(during), upper(during), state, expires_at
      from capacity_claim
      """;

  private final JdbcClient jdbc;

  TakenTimes(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What an appointment takes. */
  List<Claim> of(String appointment) {
    return jdbc.sql(SELECT + "where appointment = :appointment order by actor")
        .param("appointment", appointment)
        .query(TakenTimes::map)
        .list();
  }

  /** What an appointment and others of its referral take, in the order of the actors. */
  List<Claim> ofAppointmentAndReferral(String appointment, String referral) {
    return jdbc.sql(
            SELECT + "where appointment = :appointment or referral = :referral order by actor")
        .param("appointment", appointment)
        .param("referral", referral, Types.VARCHAR)
        .query(TakenTimes::map)
        .list();
  }

  /** What the booking of a referral takes and is not over. */
  List<Claim> ofReferral(String referral, Instant now) {
    return jdbc.sql(
            SELECT
                + """
                where referral = :referral and state = 'booked' and upper(during) > :now
                order by lower(during), actor\
                """)
        .param("referral", referral)
        .param("now", Timestamp.from(now))
        .query(TakenTimes::map)
        .list();
  }

  /** What is held for a referral now. */
  List<Claim> held(String referral, Instant now) {
    return jdbc.sql(SELECT + "where referral = :referral and state = 'held' and expires_at > :now")
        .param("referral", referral)
        .param("now", Timestamp.from(now))
        .query(TakenTimes::map)
        .list();
  }

  /** What takes an actor in a time: the first of them. */
  Optional<Claim> blocking(long actor, Period during) {
    return jdbc.sql(
            SELECT
                + """
                where actor = :actor and during && tstzrange(:from, :to)
                order by lower(during) limit 1\
                """)
        .param("actor", actor)
        .param("from", during.start())
        .param("to", during.end())
        .query(TakenTimes::map)
        .optional();
  }

  /** What other systems have booked of some actors in a time, the first one first. */
  List<Claim> external(Collection<Long> actors, Period during) {
    return jdbc.sql(
            SELECT
                + """
                where actor in (:actors) and during && tstzrange(:from, :to) and state = 'external'
                order by lower(during)\
                """)
        .param("actors", actors)
        .param("from", during.start())
        .param("to", during.end())
        .query(TakenTimes::map)
        .list();
  }

  /** All that is taken in a time, expired holds left out. */
  List<Claim> during(Period period, Instant now) {
    return jdbc.sql(
            SELECT
                + """
                where during && tstzrange(:from, :to) and (expires_at is null or expires_at > :now)
                order by lower(during), actor\
                """)
        .param("from", period.start())
        .param("to", period.end())
        .param("now", Timestamp.from(now))
        .query(TakenTimes::map)
        .list();
  }

  private static Claim map(ResultSet row, int number) throws SQLException {
    Timestamp expires = row.getTimestamp(7);
    return new Claim(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        new Period(row.getTimestamp(4).toInstant(), row.getTimestamp(5).toInstant()),
        row.getString(6),
        expires == null ? null : expires.toInstant());
  }
}
