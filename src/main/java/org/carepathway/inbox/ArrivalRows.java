package org.carepathway.inbox;

import java.sql.Timestamp;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** What arrives in the table {@code inbox_message}: each number of a source is accepted once. */
@Repository
class ArrivalRows {

  private final JdbcTemplate jdbc;

  ArrivalRows(JdbcTemplate jdbc) {
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
}
