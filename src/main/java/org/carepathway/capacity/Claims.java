package org.carepathway.capacity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/**
 * The table {@code capacity_claim}. Its exclusion constraint is what lets nothing be taken twice,
 * however many try at once; a hold that has expired is taken away by whoever takes its place.
 */
@Repository
class Claims {

  /** Of the advisory locks of this table. */
  private static final int GUARD = 0x63617061;

  private final JdbcClient jdbc;

  Claims(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param expires when a hold ends; null of a booking
   */
  record Claim(
      long actor,
      String appointment,
      String referral,
      Period during,
      String state,
      Instant expires) {

    boolean isOver(Instant now) {
      return expires != null && !expires.isAfter(now);
    }
  }

  /**
   * Takes an actor for a time. It waits for others who are taking the same, and then sees what they
   * did.
   *
   * @return whether it was free
   */
  boolean take(Claim claim) {
    return jdbc.sql(
                """
                insert into capacity_claim (actor, appointment, referral, during, state, expires_at)
                values (:actor, :appointment, :referral, tstzrange(:from, :to), :state, :expires)
                on conflict do nothing\
                """)
            .param("actor", claim.actor())
            .param("appointment", claim.appointment())
            .param("referral", claim.referral())
            .param("from", claim.during().start())
            .param("to", claim.during().end())
            .param("state", claim.state())
            .param(
                "expires",
                claim.expires() == null ? null : Timestamp.from(claim.expires()),
                java.sql.Types.TIMESTAMP)
            .update()
        > 0;
  }

  /**
   * Takes actors for one appointment, as {@link #take}, in the order that is given.
   *
   * @return ids of those that were free
   */
  Set<Long> takeAll(List<Claim> wanted) {
    Claim any = wanted.get(0);
    String rows =
        IntStream.range(0, wanted.size())
            .mapToObj("(cast(:actor%1$d as bigint), tstzrange(:from%1$d, :to%1$d))"::formatted)
            .collect(Collectors.joining(", "));
    StatementSpec insert =
        jdbc.sql(
            """
            insert into capacity_claim (actor, during, appointment, referral, state, expires_at)
            select actor, during, :appointment, :referral, :state, cast(:expires as timestamptz)
            from (values %s) wanted (actor, during)
            on conflict do nothing returning actor\
            """
                .formatted(rows));
    for (int i = 0; i < wanted.size(); i++) {
      insert
          .param("actor" + i, wanted.get(i).actor())
          .param("from" + i, wanted.get(i).during().start())
          .param("to" + i, wanted.get(i).during().end());
    }
    return Set.copyOf(
        insert
            .param("appointment", any.appointment())
            .param("referral", any.referral(), java.sql.Types.VARCHAR)
            .param("state", any.state())
            .param(
                "expires",
                any.expires() == null ? null : Timestamp.from(any.expires()),
                java.sql.Types.TIMESTAMP)
            .query(Long.class)
            .list());
  }

  /** What an appointment and others of its referral take, in the order of the actors. */
  List<Claim> ofAppointmentAndReferral(String appointment, String referral) {
    return jdbc.sql(
            SELECT + "where appointment = :appointment or referral = :referral order by actor")
        .param("appointment", appointment)
        .param("referral", referral, java.sql.Types.VARCHAR)
        .query(Claims::map)
        .list();
  }

  /**
   * Waits for all who book, and lets nobody book until the transaction ends. Who frees one time may
   * take another one later in the same transaction: two of them would wait for each other.
   */
  void lockAll() {
    jdbc.sql("select 1 from pg_advisory_xact_lock(:guard, 0)")
        .param("guard", GUARD)
        .query(Integer.class)
        .single();
  }

  /**
   * Waits for others who free and take one of these actors, until they have committed.
   *
   * @param actors each once, in the order of their ids, which are not 0
   */
  void lock(Collection<Long> actors) {
    if (actors.isEmpty()) {
      jdbc.sql("select 1 from pg_advisory_xact_lock_shared(:guard, 0)")
          .param("guard", GUARD)
          .query(Integer.class)
          .single();
    } else {
      // No row is there before the first lock is held; of a list without an order by: one after
      // the other, as it is written.
      jdbc.sql(
              """
              with everybody as materialized (select pg_advisory_xact_lock_shared(:guard, 0))
              select count(pg_advisory_xact_lock(:guard, actor))
              from everybody, unnest(array[:actors]::int[]) actor\
              """)
          .param("guard", GUARD)
          .param("actors", actors.stream().map(Long::intValue).toList())
          .query(Integer.class)
          .single();
    }
  }

  /** Takes holds of these actors away that are over. */
  void forgetExpired(Collection<Long> actors, Instant now) {
    jdbc.sql(
            """
            delete from capacity_claim
            where state = 'held' and expires_at <= :now and actor in (:actors)\
            """)
        .param("now", Timestamp.from(now))
        .param("actors", actors)
        .update();
  }

  /** Frees all that an appointment takes; a room's time that is to come is noted as freed. */
  void free(String appointment, Instant now) {
    free("appointment = :appointment", null, appointment, null, now);
  }

  /**
   * Frees what an appointment and others of the same referral take: a patient has one at a time.
   * Holds of some actors that are over go with it.
   *
   * @param actors at least one
   */
  void freeAll(String referral, String appointment, Collection<Long> actors, Instant now) {
    free(
        """
        appointment = :appointment or referral = :referral
          or state = 'held' and expires_at <= :now and actor in (:actors)\
        """,
        referral,
        appointment,
        actors,
        now);
  }

  private void free(
      String which, String referral, String appointment, Collection<Long> actors, Instant now) {
    jdbc.sql(
            """
            with gone as (delete from capacity_claim where %s returning actor, during, state)
            insert into capacity_freed (actor, during, freed_at)
            select gone.actor, gone.during, :now from gone
            join capacity_actor on capacity_actor.id = gone.actor
            where state = 'booked' and kind = 'room' and set_up and lower(during) > :now\
            """
                .formatted(which))
        .param("appointment", appointment)
        .param("referral", referral, java.sql.Types.VARCHAR)
        .param("actors", actors)
        .param("now", Timestamp.from(now))
        .update();
  }

  /** Lets what is held be held longer. */
  void holdUntil(String appointment, Instant expires) {
    jdbc.sql(
            """
            update capacity_claim set expires_at = :expires
            where appointment = :appointment and state = 'held'\
            """)
        .param("expires", Timestamp.from(expires))
        .param("appointment", appointment)
        .update();
  }

  /** What an appointment takes. */
  List<Claim> of(String appointment) {
    return jdbc.sql(SELECT + "where appointment = :appointment order by actor")
        .param("appointment", appointment)
        .query(Claims::map)
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
        .query(Claims::map)
        .list();
  }

  /** What is held for a referral now. */
  List<Claim> held(String referral, Instant now) {
    return jdbc.sql(SELECT + "where referral = :referral and state = 'held' and expires_at > :now")
        .param("referral", referral)
        .param("now", Timestamp.from(now))
        .query(Claims::map)
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
        .query(Claims::map)
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
        .query(Claims::map)
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
        .query(Claims::map)
        .list();
  }

  private static final String SELECT =
      """
      select actor, appointment, referral, lower(during), upper(during), state, expires_at
      from capacity_claim
      """;

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
