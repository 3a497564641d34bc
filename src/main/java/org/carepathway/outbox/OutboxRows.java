package org.carepathway.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The table {@code outbox_entry}. An attempt that another one has followed changes nothing. */
@Repository
class OutboxRows {

  static final String COLUMNS =
      """
      select id, site, patient, pathway, pathway_key, kind, subject, content, written_at, attempts, tries
      from outbox_entry\s""";

  private static final String MINE = " where id = ? and state = 'new' and attempts = ?";

  private final JdbcTemplate jdbc;

  OutboxRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  void add(Written written) {
    jdbc.update(
        """
        insert into outbox_entry (site, patient, pathway, pathway_key, kind, subject, content, state)
        values (?, ?, ?, ?, ?, ?, ?, 'new')""",
        written.site(),
        written.patient(),
        written.pathway(),
        written.pathwayKey(),
        written.kind(),
        written.subject(),
        written.content());
  }

  boolean done(Entry entry, Outcome.Done done) {
    return jdbc.update(
            """
            update outbox_entry set state = 'done', rung = ?, said = ?, fault = null, finished_at = now()"""
                + MINE,
            done.rung() == null ? null : done.rung().code(),
            done.said(),
            entry.number(),
            entry.attempts() + 1)
        > 0;
  }

  boolean byHand(Entry entry, Outcome.ByHand hand) {
    return jdbc.update(
            """
            update outbox_entry set state = 'hand', rung = 'hand', fault = null, said = ?, entry_text = ?, owner = ?, enter_by = ?"""
                + MINE,
            hand.said(),
            hand.text(),
            hand.owner(),
            Timestamp.from(hand.until()),
            entry.number(),
            entry.attempts() + 1)
        > 0;
  }

  /** It is tried again; what somebody else waits for is not held up by it. */
  void later(Entry entry, String said, boolean counts, Duration pause) {
    jdbc.update(
        """
        update outbox_entry set said = ?, fault = 'retry', tries = tries + ?,
          due_at = now() + ? * interval '1 millisecond'"""
            + MINE,
        said,
        counts ? 1 : 0,
        pause.toMillis(),
        entry.number(),
        entry.attempts() + 1);
  }

  void dead(Entry entry, SendFault fault, String said) {
    jdbc.update(
        """
        update outbox_entry set state = 'dead', fault = ?, said = ?, finished_at = now()"""
            + MINE,
        fault.code(),
        said,
        entry.number(),
        entry.attempts() + 1);
  }

  boolean replay(long number, String who) {
    return jdbc.update(
            """
            update outbox_entry set state = 'new', tries = 0, due_at = now(), finished_at = null, fault = null,
              aside_by = null, aside_why = null, replays = replays + 1, replayed_by = ?
            where id = ? and state in ('dead', 'hand', 'aside')""",
            who,
            number)
        > 0;
  }

  boolean setAside(long number, String who, String why) {
    return jdbc.update(
            """
            update outbox_entry set state = 'aside', aside_by = ?, aside_why = ?, finished_at = now()
            where id = ? and state in ('dead', 'hand')""",
            who,
            why,
            number)
        > 0;
  }

  boolean entered(long number, String who) {
    return jdbc.update(
            """
            update outbox_entry set state = 'done', entered_by = ?, finished_at = now()
            where id = ? and state = 'hand'""",
            who,
            number)
        > 0;
  }

  /** Sites that are back are tried at once. */
  void hasten(String site) {
    jdbc.update(
        "update outbox_entry set due_at = now() where site = ? and state = 'new' and fault = 'retry'",
        site);
  }

  int forget(Duration age) {
    return jdbc.update(
        """
        delete from outbox_entry
        where state in ('done', 'aside') and written_at < now() - ? * interval '1 second'""",
        age.toSeconds());
  }

  void pause(String site, String who) {
    jdbc.update(
        "insert into outbox_pause (site, paused_by) values (?, ?) on conflict (site) do nothing",
        site,
        who);
  }

  void resume(String site) {
    jdbc.update("delete from outbox_pause where site = ?", site);
  }

  static Entry entry(ResultSet row, int n) throws SQLException {
    return new Entry(
        row.getLong("id"),
        written(row),
        row.getTimestamp("written_at").toInstant(),
        row.getInt("attempts"),
        row.getInt("tries"));
  }

  static Written written(ResultSet row) throws SQLException {
    return new Written(
        row.getString("site"),
        row.getString("patient"),
        row.getObject("pathway", UUID.class),
        row.getString("pathway_key"),
        row.getString("kind"),
        row.getString("subject"),
        row.getString("content"));
  }
}
