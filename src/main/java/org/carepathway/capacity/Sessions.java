package org.carepathway.capacity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables {@code capacity_session} and {@code capacity_exception}. */
@Repository
class Sessions {

  private final JdbcClient jdbc;

  Sessions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @return whether it overlaps no other session of the actor
   */
  boolean add(Session session) {
    return jdbc.sql(
                """
                insert into capacity_session
                  (id, actor, weekday, from_minute, to_minute, first_day, last_day)
                values (:id, :actor, :weekday, :from, :to, :first, :last) on conflict do nothing\
                """)
            .param("id", session.id())
            .param("actor", session.actor())
            .param("weekday", session.weekday().getValue())
            .param("from", session.fromMinute())
            .param("to", session.toMinute())
            .param("first", session.first())
            .param("last", session.last(), Types.DATE)
            .update()
        > 0;
  }

  void remove(UUID session) {
    jdbc.sql("delete from capacity_session where id = :id").param("id", session).update();
  }

  void removeAll(long actor) {
    jdbc.sql("delete from capacity_session where actor = :actor").param("actor", actor).update();
  }

  List<Session> all() {
    return jdbc.sql("select * from capacity_session order by actor, weekday, from_minute")
        .query(Sessions::session)
        .list();
  }

  /**
   * @param actors at least one
   */
  List<Session> of(Collection<Long> actors) {
    return jdbc.sql(
            """
            select * from capacity_session where actor in (:actors)
            order by actor, weekday, from_minute\
            """)
        .param("actors", actors)
        .query(Sessions::session)
        .list();
  }

  void add(SessionException exception) {
    jdbc.sql(
            """
            insert into capacity_exception (id, actor, during, opens, reason, entered_by)
            values (:id, :actor, tstzrange(:from, :to), :opens, :reason, :by)\
            """)
        .param("id", exception.id())
        .param("actor", exception.actor())
        .param("from", exception.during().start())
        .param("to", exception.during().end())
        .param("opens", exception.opens())
        .param("reason", exception.reason())
        .param("by", exception.by())
        .update();
  }

  /**
   * @return when it was; empty for one that is gone already
   */
  Optional<Period> removeException(UUID exception) {
    return jdbc.sql(
            """
            delete from capacity_exception where id = :id returning lower(during), upper(during)\
            """)
        .param("id", exception)
        .query(
            (row, number) ->
                new Period(row.getTimestamp(1).toInstant(), row.getTimestamp(2).toInstant()))
        .optional();
  }

  /** Exceptions that touch a time. */
  List<SessionException> exceptions(Period period) {
    return jdbc.sql(
            """
            select id, actor, lower(during), upper(during), opens, reason, entered_by
            from capacity_exception where during && tstzrange(:from, :to) order by lower(during)\
            """)
        .param("from", period.start())
        .param("to", period.end())
        .query(Sessions::exception)
        .list();
  }

  private static Session session(ResultSet row, int number) throws SQLException {
    return new Session(
        row.getObject("id", UUID.class),
        row.getLong("actor"),
        DayOfWeek.of(row.getInt("weekday")),
        row.getInt("from_minute"),
        row.getInt("to_minute"),
        row.getObject("first_day", LocalDate.class),
        row.getObject("last_day", LocalDate.class));
  }

  private static SessionException exception(ResultSet row, int number) throws SQLException {
    return new SessionException(
        row.getObject(1, UUID.class),
        row.getLong(2),
        new Period(row.getTimestamp(3).toInstant(), row.getTimestamp(4).toInstant()),
        row.getBoolean(5),
        row.getString(6),
        row.getString(7));
  }
}
