package org.carepathway.waiting;

import static java.sql.Types.TIMESTAMP;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code waiting_clock}: what lists show of each patient's wait. */
@Repository
class WaitingRows {

  private final JdbcClient jdbc;

  WaitingRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A pathway's clock is to be reckoned anew. */
  void look(UUID pathwayId, Instant now) {
    jdbc.sql(
            """
            insert into waiting_clock (pathway_id, look_at) values (:id, :now)
            on conflict (pathway_id) do update set look_at = excluded.look_at""")
        .param("id", pathwayId)
        .param("now", Timestamp.from(now))
        .update();
  }

  /** All clocks are to be reckoned anew: what they rest on may have changed. */
  void lookAtAll(Instant now) {
    jdbc.sql("update waiting_clock set look_at = :now where state is distinct from 'stopped'")
        .param("now", Timestamp.from(now))
        .update();
    jdbc.sql(
            """
            insert into waiting_clock (pathway_id, look_at) select id, :now from pathway
            on conflict do nothing""")
        .param("now", Timestamp.from(now))
        .update();
  }

  /** Those that are to be reckoned by now. */
  List<UUID> due(Instant now, int most) {
    return jdbc.sql(
            """
            select pathway_id from waiting_clock where look_at <= :now
            order by look_at, pathway_id limit :most""")
        .param("now", Timestamp.from(now))
        .param("most", most)
        .query(UUID.class)
        .list();
  }

  /** When a pathway was to be looked at; it changes whenever something happens. */
  Timestamp lookAt(UUID pathwayId) {
    return jdbc.sql("select look_at from waiting_clock where pathway_id = :id")
        .param("id", pathwayId)
        .query(Timestamp.class)
        .single();
  }

  /**
   * Keeps what was reckoned, unless something has happened meanwhile.
   *
   * @param clock null where none has begun
   * @param seen of {@link #lookAt} before it was reckoned
   * @param next when it is to be reckoned again; null for never
   */
  void keep(UUID pathwayId, WaitingClock clock, Timestamp seen, Instant next) {
    jdbc.sql(
            """
            update waiting_clock
            set state = :state, since = :since, stopped_at = :stopped, days = :days,
                paused_days = :paused, breach_at = :breach, look_at = :next
            where pathway_id = :id and look_at = :seen""")
        .param("state", clock == null ? null : clock.state().code())
        .param("since", clock == null ? null : timestamp(clock.since()), TIMESTAMP)
        .param("stopped", clock == null ? null : timestamp(clock.stopped()), TIMESTAMP)
        .param("days", clock == null ? null : clock.days())
        .param("paused", clock == null ? null : clock.paused())
        .param("breach", clock == null ? null : timestamp(clock.breach()), TIMESTAMP)
        .param("next", timestamp(next), TIMESTAMP)
        .param("id", pathwayId)
        .param("seen", seen)
        .update();
  }

  private static Timestamp timestamp(Instant at) {
    return at == null ? null : Timestamp.from(at);
  }
}
