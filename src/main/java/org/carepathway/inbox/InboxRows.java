package org.carepathway.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The table {@code inbox_message}. */
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

  /** The number of the message that was kept; empty where one of this number is there already. */
  Optional<Long> add(Received received) {
    return jdbc
        .queryForList(
            """
            insert into inbox_message
              (source, message_id, digest, format, kind, lane, other_lane, said_at, content, accepted, state)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, true, 'new')
            on conflict (source, message_id) where accepted do nothing
            returning id""",
            Long.class,
            values(received))
        .stream()
        .findFirst();
  }

  /** Which of these numbers of a source are kept. */
  List<String> known(String source, Collection<String> messageIds) {
    return jdbc.queryForList(
        "select message_id from inbox_message where source = ? and message_id = any(?) and accepted",
        String.class,
        source,
        messageIds.toArray(String[]::new));
  }

  /** Keeps what the sender is told is refused; sent again it is counted. */
  long addRefused(Received received, String why) {
    Object[] values = values(received);
    return jdbc.queryForObject(
        """
        insert into inbox_message
          (source, message_id, digest, format, kind, lane, other_lane, said_at, content, said, fault, accepted,
           state, finished_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, false, 'dead', now())
        on conflict (source, message_id, digest) where not accepted
          do update set times = inbox_message.times + 1, said = excluded.said
        returning id""",
        Long.class,
        values[0],
        values[1],
        values[2],
        values[3],
        values[4],
        values[5],
        values[6],
        values[7],
        values[8],
        why,
        Fault.UNREADABLE.code());
  }

  /** Counts that the accepted message of this number was sent again. */
  Receipt again(Received received) {
    return jdbc.queryForObject(
        """
        update inbox_message set times = times + 1 where source = ? and message_id = ? and accepted
        returning id, digest = ?""",
        (row, n) ->
            new Receipt(
                row.getLong(1),
                row.getBoolean(2) ? Receipt.Kind.AGAIN : Receipt.Kind.OTHER_CONTENT),
        received.source(),
        received.messageId(),
        digest(received));
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

  private static Object[] values(Received received) {
    return new Object[] {
      received.source(),
      received.messageId(),
      digest(received),
      received.format(),
      received.kind(),
      received.lane(),
      received.otherLane(),
      received.saidAt() == null ? null : Timestamp.from(received.saidAt()),
      received.content()
    };
  }

  private static String digest(Received received) {
    return DigestUtils.sha256Hex(received.content());
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
