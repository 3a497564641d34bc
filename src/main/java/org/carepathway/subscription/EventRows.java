package org.carepathway.subscription;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The table {@code subscription_event}. */
@Repository
class EventRows {

  private static final String COLUMNS =
      "select id, number, focus, created, at from subscription_event where subscription = ? ";

  private final JdbcTemplate jdbc;

  EventRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** In the transaction of what it tells. */
  void add(String subscription, String focus, boolean created) {
    jdbc.update(
        "insert into subscription_event (subscription, focus, created) values (?, ?, ?)",
        subscription,
        focus,
        created);
  }

  /** Those without a number, in the order in which they were written. */
  List<Event> unnumbered(String subscription, int most) {
    return jdbc.query(
        COLUMNS + "and state = 'new' and number is null order by id limit ?",
        EventRows::event,
        subscription,
        most);
  }

  /**
   * Gives numbers to some and forgets the others, in the transaction of the caller, who has locked
   * the subscription.
   *
   * @param told in the order of their numbers
   * @param others out of the subscriber's sight
   */
  void number(String subscription, Collection<Event> told, Collection<Event> others) {
    others.forEach(
        event -> jdbc.update("delete from subscription_event where id = ?", event.row()));
    for (Event event : told) {
      jdbc.update(
          """
          with given as (update subscription set events = events + 1 where id = ? returning events)
          update subscription_event set number = (select events from given) where id = ?""",
          subscription,
          event.row());
    }
  }

  /** Those that are to be told next. */
  List<Event> waiting(String subscription, int most) {
    return jdbc.query(
        COLUMNS + "and state = 'new' and number is not null order by number limit ?",
        EventRows::event,
        subscription,
        most);
  }

  void sent(String subscription, long first, long last) {
    jdbc.update(
        """
        update subscription_event set state = 'sent'
        where subscription = ? and state = 'new' and number between ? and ?""",
        subscription,
        first,
        last);
  }

  /** They can be asked for and are not sent by themselves any more. */
  void missed(String subscription) {
    jdbc.update(
        "update subscription_event set state = 'missed' where subscription = ? and state = 'new' and number is not null",
        subscription);
  }

  List<Event> between(String subscription, long first, long last, int most) {
    return jdbc.query(
        COLUMNS + "and number between ? and ? order by number limit ?",
        EventRows::event,
        subscription,
        first,
        last,
        most);
  }

  int forget(Duration age) {
    return jdbc.update(
        "delete from subscription_event where state <> 'new' and at < now() - ? * interval '1 second'",
        age.toSeconds());
  }

  private static Event event(ResultSet row, int n) throws SQLException {
    return new Event(
        row.getLong("id"),
        row.getObject("number", Long.class),
        row.getString("focus"),
        row.getBoolean("created"),
        row.getTimestamp("at").toInstant());
  }
}
