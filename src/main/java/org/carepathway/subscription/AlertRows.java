package org.carepathway.subscription;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.carepathway.outreach.Channel;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code subscription_alert}: who is told that a subscription is in error. */
@Repository
class AlertRows {

  private final JdbcClient jdbc;

  AlertRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * One that is to be told.
   *
   * @param version of the subscription with which it came to be in error
   * @param tries that have failed
   */
  record Alert(String subscription, int version, Channel channel, String address, int tries) {}

  /** Of each subscription that is in error, once. */
  void add(Channel channel, String address, Instant now) {
    jdbc.sql(
            """
            insert into subscription_alert (subscription, version, channel, address, due_at)
            select id, version, :channel, :address, :now from subscription where status = 'error'
            on conflict do nothing""")
        .param("channel", channel.code())
        .param("address", address)
        .param("now", Timestamp.from(now))
        .update();
  }

  /** Of those that are in error still. */
  List<Alert> due(Instant now) {
    return jdbc.sql(
            """
            select a.* from subscription_alert a join subscription s on s.id = a.subscription
            where a.ended_at is null and a.due_at <= :now and s.status = 'error' and s.version = a.version""")
        .param("now", Timestamp.from(now))
        .query(
            (row, n) ->
                new Alert(
                    row.getString("subscription"),
                    row.getInt("version"),
                    Channel.ofCode(row.getString("channel")).orElseThrow(),
                    row.getString("address"),
                    row.getInt("tries")))
        .list();
  }

  /** Locked for the transaction of the caller; empty where another replica has it. */
  Optional<Alert> lock(Alert alert) {
    return of(
            """
            select tries from subscription_alert
            where subscription = :subscription and version = :version and channel = :channel
              and address = :address and ended_at is null for update skip locked""",
            alert)
        .query(Integer.class)
        .optional()
        .map(
            tries ->
                new Alert(
                    alert.subscription(),
                    alert.version(),
                    alert.channel(),
                    alert.address(),
                    tries));
  }

  void ended(Alert alert, Instant now) {
    of(
            """
            update subscription_alert set ended_at = :now
            where subscription = :subscription and version = :version and channel = :channel
              and address = :address""",
            alert)
        .param("now", Timestamp.from(now))
        .update();
  }

  void later(Alert alert, Instant due) {
    of(
            """
            update subscription_alert set tries = tries + 1, due_at = :due
            where subscription = :subscription and version = :version and channel = :channel
              and address = :address""",
            alert)
        .param("due", Timestamp.from(due))
        .update();
  }

  private JdbcClient.StatementSpec of(String sql, Alert alert) {
    return jdbc.sql(sql)
        .param("subscription", alert.subscription())
        .param("version", alert.version())
        .param("channel", alert.channel().code())
        .param("address", alert.address());
  }
}
