package org.carepathway.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Lists of messages, the newest first; their contents may be large and stay where they are. */
@Repository
class LineRows {

  private static final String COLUMNS =
      """
      m.id, m.source, m.message_id, m.kind, m.lane, m.state, m.accepted, m.received_at, m.finished_at, m.attempts,
        m.times, m.replays, m.replayed_by, m.fault, m.aside_by, m.aside_why, m.said, m.patients\s""";

  private final JdbcClient jdbc;

  LineRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<InboxLine> find(long number) {
    return jdbc.sql("select " + COLUMNS + "from inbox_message m where m.id = :number")
        .param("number", number)
        .query(LineRows::line)
        .optional();
  }

  /**
   * Those of each feed and state in the order of their index, then the newest of them.
   *
   * @param source null for all
   * @param before only what came before this number
   */
  List<InboxLine> list(Collection<State> states, String source, long before, int limit) {
    String sources = source == null ? "known" : "(select :source as source)";
    return jdbc.sql(
            FeedRows.KNOWN
                + "select "
                + COLUMNS
                + """
                from %s s cross join unnest(:states) as w(state)
                cross join lateral (select * from inbox_message l
                  where l.source = s.source and l.state = w.state and -l.id > -:before
                  order by -l.id limit :limit) m
                order by m.id desc limit :limit"""
                    .formatted(sources))
        .param("source", source)
        .param("states", states.stream().map(State::code).toArray(String[]::new))
        .param("before", before)
        .param("limit", limit)
        .query(LineRows::line)
        .list();
  }

  /**
   * @param text a control id, or a patient's number with the source
   * @param patient id of the Patient with this number; null where there is none
   */
  List<InboxLine> search(String text, String patient, long before, int limit) {
    return jdbc.sql(
            FeedRows.KNOWN
                + "select "
                + COLUMNS
                + """
                from (select f.id from (
                    select a.id from known k join inbox_message a on a.source = k.source
                      where a.message_id = :text and a.accepted
                    union select r.id from known k join inbox_message r on r.source = k.source
                      where r.message_id = :text and not r.accepted
                    union select l.id from inbox_message l where split_part(l.lane, '|', 2) = :text
                    union select o.id from inbox_message o
                      where o.other_lane is not null and split_part(o.other_lane, '|', 2) = :text
                    union select p.id from inbox_message p where p.patients @> cast(:patients as text[])) f
                  where f.id < :before order by f.id desc limit :limit) found
                join inbox_message m on m.id = found.id order by m.id desc""")
        .param("before", before)
        .param("text", text)
        .param("patients", new String[] {patient == null ? "none" : patient})
        .param("limit", limit)
        .query(LineRows::line)
        .list();
  }

  private static InboxLine line(ResultSet row, int n) throws SQLException {
    return new InboxLine(
        row.getLong("id"),
        row.getString("source"),
        row.getString("message_id"),
        row.getString("kind"),
        row.getString("lane"),
        State.of(row.getString("state")),
        row.getBoolean("accepted"),
        instant(row, "received_at"),
        instant(row, "finished_at"),
        row.getInt("attempts"),
        row.getInt("times"),
        row.getInt("replays"),
        row.getString("replayed_by"),
        fault(row),
        row.getString("aside_by"),
        row.getString("aside_why"),
        row.getString("said"),
        List.of((String[]) row.getArray("patients").getArray()));
  }

  private static Fault fault(ResultSet row) throws SQLException {
    String code = row.getString("fault");
    return code == null ? null : Fault.of(code);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }
}
