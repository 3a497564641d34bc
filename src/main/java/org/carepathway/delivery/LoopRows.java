package org.carepathway.delivery;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.security.ListedPatients;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The table {@code referral_loop}. */
@Repository
class LoopRows {

  private final JdbcTemplate jdbc;

  LoopRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  Optional<LoopState> state(UUID pathway) {
    return jdbc
        .queryForList("select state from referral_loop where pathway = ?", String.class, pathway)
        .stream()
        .map(LoopState::valueOf)
        .findFirst();
  }

  /**
   * @param owner role that sees to the next state; null where none follows
   * @param due until when; null where none follows
   */
  void put(
      UUID pathway,
      String patient,
      LoopState state,
      String reason,
      Instant at,
      String owner,
      Instant due) {
    jdbc.update(
        """
        insert into referral_loop (pathway, patient, state, reason, since, owner, due_at, ended_at)
        values (?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (pathway) do update set state = excluded.state, reason = excluded.reason, since = excluded.since,
          owner = excluded.owner, due_at = excluded.due_at, ended_at = excluded.ended_at""",
        pathway,
        patient,
        state.name(),
        reason,
        Timestamp.from(at),
        owner,
        due == null ? null : Timestamp.from(due),
        state.isEnd() ? Timestamp.from(at) : null);
  }

  /** Loops that are late, the latest first. */
  List<OpenLoop> late(Instant now, ListedPatients seen, int limit) {
    return jdbc.query(
        "select pathway, patient, state, since, owner, due_at from referral_loop where ended_at is null and due_at < ? and "
            + seen.condition("patient")
            + " order by due_at limit ?",
        (row, n) ->
            new OpenLoop(
                row.getObject("pathway", UUID.class),
                row.getString("patient"),
                LoopState.valueOf(row.getString("state")).code(),
                row.getTimestamp("since").toInstant(),
                row.getString("owner"),
                row.getTimestamp("due_at").toInstant()),
        seen.arguments(Timestamp.from(now), limit));
  }
}
