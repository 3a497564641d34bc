package org.carepathway.capacity;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/**
 * Writes the table {@code capacity_claim}. Its exclusion constraint is what lets nothing be taken
 * twice, however many try at once; a hold that has expired is taken away by whoever takes its
 * place.
 */
@Repository
class Claims {

  private final JdbcClient jdbc;

  Claims(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Takes an actor for a time. It waits for others who are taking the same, and then sees what they
   * did.
   *
   * @return whether it was free
   */
  boolean take(Claim claim) {
    return !takeAll(List.of(claim)).isEmpty();
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
            .param("referral", any.referral(), Types.VARCHAR)
            .param("state", any.state())
            .param(
                "expires",
                any.expires() == null ? null : Timestamp.from(any.expires()),
                Types.TIMESTAMP)
            .query(Long.class)
            .list());
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
        .param("referral", referral, Types.VARCHAR)
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
}
