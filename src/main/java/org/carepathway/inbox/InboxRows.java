package org.carepathway.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The states of the messages in the table {@code inbox_message}, and the pauses of sources. */
@Repository
class InboxRows {

  static final String COLUMNS =
      """
      select id, source, message_id, format, kind, lane, other_lane, said_at, content, received_at, accepted, state,
        attempts, finished_at, said, patients, times, replays
      from inbox_message m\s""";

  private final JdbcTemplate jdbc;

  InboxRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Whether it is still to be handled; locked for this transaction. It waits for others who have
   * it: who looks for the next message may lock this one for a moment and leave it.
   */
  boolean lock(long number) {
    return !jdbc.queryForList(
            "select id from inbox_message where id = ? and state = 'new' for update",
            Long.class,
            number)
        .isEmpty();
  }

  /** The attempt that ends it was not in vain. */
  void end(long number, State state, String said, Collection<String> patients) {
    jdbc.update(
        """
        update inbox_message set state = ?, attempts = attempts - 1, said = ?, patients = ?, finished_at = now()
        where id = ?""",
        state.code(),
        said,
        patients.toArray(String[]::new),
        number);
  }

  /** It is tried again after its pause. */
  void retry(long number, String why) {
    jdbc.update("update inbox_message set said = ? where id = ? and state = 'new'", why, number);
  }

  /** It is not tried again by itself. */
  void bury(long number, String why, Fault fault) {
    jdbc.update(
        """
        update inbox_message set state = 'dead', said = ?, fault = ?, finished_at = now()
        where id = ? and state = 'new'""",
        why,
        fault.code(),
        number);
  }

  /**
   * Those that wait for these patients, or for who they are, have their turn, the earliest first.
   */
  int release(Collection<String> lanes) {
    String[] known = lanes.toArray(String[]::new);
    return jdbc.update(
        """
        update inbox_message set state = 'new', due_at = now()
        where (state = 'held' and lane = any(?)) or (state = 'asked' and lane = any(?))""",
        (Object) known,
        known);
  }

  /** Whether it is handled again: only what is not handled or waits for a person's answer. */
  boolean replay(long number, String who) {
    return jdbc.update(
            """
            update inbox_message set state = 'new', attempts = 0, due_at = now(), finished_at = null, fault = null,
              aside_by = null, aside_why = null, replays = replays + 1, replayed_by = ?
            where id = ? and state in ('dead', 'asked', 'aside')""",
            who,
            number)
        > 0;
  }

  /** Whether it is set aside: only what is dead or waits for a person's answer. */
  boolean setAside(long number, String who, String why) {
    return jdbc.update(
            """
            update inbox_message set state = 'aside', aside_by = ?, aside_why = ?, finished_at = now()
            where id = ? and state in ('dead', 'asked')""",
            who,
            why,
            number)
        > 0;
  }

  Optional<InboxMessage> find(long number) {
    return jdbc.query(COLUMNS + "where id = ?", InboxRows::message, number).stream().findFirst();
  }

  int forget(Duration age) {
    return jdbc.update(
        """
        delete from inbox_message
        where state in ('done', 'held', 'aside') and received_at < now() - ? * interval '1 second'""",
        age.toSeconds());
  }

  void pause(String source, String who) {
    jdbc.update(
        "insert into inbox_pause (source, paused_by) values (?, ?) on conflict (source) do nothing",
        source,
        who);
  }

  void resume(String source) {
    jdbc.update("delete from inbox_pause where source = ?", source);
  }

  static InboxMessage message(ResultSet row, int n) throws SQLException {
    return new InboxMessage(
        row.getLong("id"),
        new Received(
            row.getString("source"),
            row.getString("message_id"),
            row.getString("format"),
            row.getString("kind"),
            row.getString("lane"),
            row.getString("other_lane"),
            instant(row, "said_at"),
            row.getBytes("content")),
        instant(row, "received_at"),
        row.getBoolean("accepted"),
        State.of(row.getString("state")),
        row.getInt("attempts"),
        instant(row, "finished_at"),
        row.getString("said"),
        List.of((String[]) row.getArray("patients").getArray()),
        row.getInt("times"),
        row.getInt("replays"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }
}
