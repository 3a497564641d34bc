package org.carepathway.fhirfeed;

import java.sql.Timestamp;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The tables {@code fhir_subscription} and {@code fhir_wanted}. */
@Repository
class SubscriptionRows {

  private final JdbcTemplate jdbc;

  SubscriptionRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** The number of the last event, locked until the transaction ends; 0 for one that is new. */
  long lock(String feed, String subscription) {
    jdbc.update(
        "insert into fhir_subscription (feed, subscription, status) values (?, ?, '') on conflict do nothing",
        feed,
        subscription);
    return jdbc.queryForObject(
        "select events from fhir_subscription where feed = ? and subscription = ? for update",
        Long.class,
        feed,
        subscription);
  }

  void heard(String feed, String subscription, String status, long events, boolean gap) {
    jdbc.update(
        """
        update fhir_subscription set status = ?, events = ?, gaps = gaps + ?, heard_at = now()
        where feed = ? and subscription = ?""",
        status,
        events,
        gap ? 1 : 0,
        feed,
        subscription);
  }

  List<SubscriptionState> of(String feed) {
    return jdbc.query(
        """
        select subscription, status, events, gaps, heard_at, extract(epoch from now() - heard_at)::bigint as silent
        from fhir_subscription where feed = ? order by subscription""",
        (row, n) ->
            new SubscriptionState(
                row.getString("subscription"),
                row.getString("status"),
                row.getLong("events"),
                row.getInt("gaps"),
                row.getTimestamp("heard_at").toInstant(),
                row.getLong("silent"),
                false),
        feed);
  }

  void want(String feed, String reference) {
    jdbc.update(
        """
        insert into fhir_wanted (feed, reference) values (?, ?)
        on conflict (feed, reference) do update set at = clock_timestamp()""",
        feed,
        reference);
  }

  /**
   * @param at when it was told of last
   */
  record Wanted(String reference, Timestamp at) {}

  /** The earliest first. */
  List<Wanted> wanted(String feed) {
    return jdbc.query(
        "select reference, at from fhir_wanted where feed = ? order by at limit 500",
        (row, n) -> new Wanted(row.getString(1), row.getTimestamp(2)),
        feed);
  }

  /** It was read; what was told of again meanwhile is still to be read. */
  void read(String feed, Wanted wanted) {
    jdbc.update(
        "delete from fhir_wanted where feed = ? and reference = ? and at = ?",
        feed,
        wanted.reference(),
        wanted.at());
  }
}
