package org.carepathway.subscription;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.carepathway.subscription.StoredChanges.SomethingToTell;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** All subscriptions, for who connects systems: those in error first. */
@Component
public class SubscriptionConsole {

  private static final int MOST = 200;

  private static final String LINES =
      """
        select s.id, o.display, s.topic, s.status, s.events, s.told_at, s.failing_since, s.said,
          (s.body::json -> 'channel' ->> 'endpoint') as endpoint,
          (select count(*) from subscription_event e where e.subscription = s.id and e.state = 'new') as waiting,
          (select count(*) from subscription_event e where e.subscription = s.id and e.state = 'missed') as missed
        from subscription s join subscriber o on o.name = s.owner\s""";

  private final JdbcTemplate jdbc;
  private final EventRows rows;
  private final ApplicationEventPublisher events;

  SubscriptionConsole(JdbcTemplate jdbc, EventRows rows, ApplicationEventPublisher events) {
    this.jdbc = jdbc;
    this.rows = rows;
    this.events = events;
  }

  public List<SubscriptionLine> all() {
    return jdbc.query(
        LINES + "order by s.status = 'error' desc, o.display, s.topic, s.id limit ?",
        SubscriptionConsole::line,
        MOST);
  }

  SubscriptionLine find(String id) {
    return jdbc.queryForObject(LINES + "where s.id = ?", SubscriptionConsole::line, id);
  }

  /** How many there are of each status. */
  Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    for (String status : List.of("requested", "active", "error", "off")) {
      counts.put(
          status,
          jdbc.queryForObject(
              "select count(*) from subscription where status = ?", Long.class, status));
    }
    return counts;
  }

  /**
   * Has the endpoint asked again whether it is there.
   *
   * @return whether there is such a one
   */
  @Transactional
  public boolean again(String id) {
    boolean changed = changed(id, "requested");
    events.publishEvent(new SomethingToTell());
    return changed;
  }

  /**
   * Nothing is told by it until its owner asks for it.
   *
   * @return whether there is such a one
   */
  @Transactional
  public boolean off(String id) {
    boolean changed = changed(id, "off");
    rows.missed(id);
    return changed;
  }

  private boolean changed(String id, String status) {
    boolean changed =
        jdbc.update(
                """
                update subscription set status = ?, version = version + 1, attempt = attempt + 1, failures = 0,
                  failing_since = null, said = null, due_at = now(), leased_until = now(), changed_at = now()
                where id = ?""",
                status,
                id)
            > 0;
    if (changed) {
      events.publishEvent(new SubscriptionChanged(id, "changed to " + status));
    }
    return changed;
  }

  private static SubscriptionLine line(ResultSet row, int n) throws SQLException {
    return new SubscriptionLine(
        row.getString("id"),
        row.getString("display"),
        row.getString("topic"),
        row.getString("endpoint").replaceFirst("^(https?://[^/]*).*", "$1"),
        row.getString("status"),
        row.getLong("events"),
        row.getLong("waiting"),
        row.getLong("missed"),
        instant(row.getTimestamp("told_at")),
        instant(row.getTimestamp("failing_since")),
        row.getString("said"));
  }

  private static Instant instant(Timestamp at) {
    return at == null ? null : at.toInstant();
  }
}
