package org.carepathway.ical;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code booked_event}. */
@Repository
public class BookedEventRows {

  private final JdbcClient jdbc;

  BookedEventRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Of an Appointment, by its id; empty for one that no pathway has booked, or that moved on. */
  public Optional<BookedEvent> find(String appointment) {
    return jdbc.sql("select * from booked_event where appointment = :appointment")
        .param("appointment", appointment)
        .query(BookedEventRows::map)
        .optional();
  }

  /** What is booked on a pathway now: the first one that has not ended. */
  public Optional<BookedEvent> ahead(UUID pathway, Instant now) {
    return jdbc.sql(
            """
            select * from booked_event where pathway = :pathway and not cancelled and ends_at > :now
            order by comes_at limit 1""")
        .param("pathway", pathway)
        .param("now", Timestamp.from(now))
        .query(BookedEventRows::map)
        .optional();
  }

  /** One that was cancelled before its time: the next booking takes its place. */
  Optional<BookedEvent> givenUp(UUID pathway, Instant now) {
    return jdbc.sql(
            """
            select * from booked_event where pathway = :pathway and cancelled and comes_at > :now
            order by changed_at desc limit 1""")
        .param("pathway", pathway)
        .param("now", Timestamp.from(now))
        .query(BookedEventRows::map)
        .optional();
  }

  void save(BookedEvent event) {
    jdbc.sql(
            """
            insert into booked_event
              (uid, pathway, appointment, comes_at, ends_at, arrival, place, sequence, cancelled, changed_at)
            values (:uid, :pathway, :appointment, :comes, :ends, :arrival, :place, :sequence, :cancelled, :changed)
            on conflict (uid) do update
            set appointment = excluded.appointment, comes_at = excluded.comes_at,
                ends_at = excluded.ends_at, arrival = excluded.arrival, place = excluded.place,
                sequence = excluded.sequence, cancelled = excluded.cancelled,
                changed_at = excluded.changed_at""")
        .param("uid", event.uid())
        .param("pathway", event.pathwayId())
        .param("appointment", event.appointment())
        .param("comes", Timestamp.from(event.comes()))
        .param("ends", Timestamp.from(event.ends()))
        .param("arrival", event.arrival())
        .param("place", event.place())
        .param("sequence", event.sequence())
        .param("cancelled", event.cancelled())
        .param("changed", Timestamp.from(event.stamp()))
        .update();
  }

  private static BookedEvent map(ResultSet row, int number) throws SQLException {
    return new BookedEvent(
        row.getObject("uid", UUID.class),
        row.getObject("pathway", UUID.class),
        row.getString("appointment"),
        row.getTimestamp("comes_at").toInstant(),
        row.getTimestamp("ends_at").toInstant(),
        row.getBoolean("arrival"),
        row.getString("place"),
        row.getInt("sequence"),
        row.getBoolean("cancelled"),
        row.getTimestamp("changed_at").toInstant());
  }
}
