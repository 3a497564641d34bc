package org.carepathway.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the tables of the inbox tell of each feed; no answer reads the whole table. */
@Repository
class FeedRows {

  /** Each source, found by one step in an index for each. */
  static final String KNOWN =
      """
      with recursive steps(source) as (
        (select source from inbox_message order by source limit 1)
        union all
        select (select m.source from inbox_message m where m.source > s.source order by m.source limit 1)
        from steps s where s.source is not null),
      known as (select source from steps where source is not null)
      """;

  private final JdbcClient jdbc;

  FeedRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * One state of one feed.
   *
   * @param age of the oldest; null where there is none
   */
  private record Part(
      String pausedBy, Instant pausedAt, State state, Instant last, Duration age, int count) {}

  /** Feeds that have sent something or are paused, by their names. */
  List<Feed> all() {
    Map<String, Long> lastHour = lastHour();
    return jdbc
        .sql(
            KNOWN + "select source from known union select source from inbox_pause order by source")
        .query(String.class)
        .list()
        .stream()
        .map(
            source ->
                feed(source, parts(source), lastHour.getOrDefault(source, 0L), faults(source)))
        .toList();
  }

  private Map<String, Long> lastHour() {
    Map<String, Long> counts = new HashMap<>();
    jdbc.sql(
            """
            select source, count(*) from inbox_message where received_at > now() - interval '1 hour'
            group by source""")
        .query(
            (ResultSet row) -> {
              counts.put(row.getString(1), row.getLong(2));
            });
    return counts;
  }

  /**
   * In the order of the index inbox_message_feed, from which alone it is then read; for one feed,
   * or PostgreSQL expects so much that it compiles the query each time.
   */
  private List<Part> parts(String source) {
    return jdbc.sql(
            """
            select p.paused_by, p.at, w.state, c.last, extract(epoch from now() - c.oldest) as age, c.count
            from unnest(array['new', 'held', 'asked', 'done', 'dead', 'aside']) as w(state)
            left join inbox_pause p on p.source = :source
            cross join lateral (select
              (select m.received_at from inbox_message m where m.source = :source and m.state = w.state
                order by -m.id limit 1) as last,
              (select m.received_at from inbox_message m where m.source = :source and m.state = w.state
                order by -m.id desc limit 1) as oldest,
              (select count(*) from (select from inbox_message m
                where m.source = :source and m.state = w.state order by -m.id limit :most) counted) as count) c""")
        .param("source", source)
        .param("most", Feed.MOST)
        .query(FeedRows::part)
        .list();
  }

  private Map<Fault, Integer> faults(String source) {
    Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
    jdbc.sql(
            """
            select fault, count(*) from (select m.fault from inbox_message m
              where m.source = :source and m.state = 'dead' order by -m.id limit :most) dead
            group by fault""")
        .param("source", source)
        .param("most", Feed.MOST)
        .query(
            (ResultSet row) -> {
              counts.put(Fault.of(row.getString(1)), row.getInt(2));
            });
    return counts;
  }

  private static Feed feed(
      String source, List<Part> parts, long lastHour, Map<Fault, Integer> faults) {
    Map<State, Integer> counts = new EnumMap<>(State.class);
    parts.forEach(part -> counts.put(part.state(), part.count()));
    return new Feed(
        source,
        parts.get(0).pausedBy(),
        parts.get(0).pausedAt(),
        parts.stream()
            .map(Part::last)
            .filter(Objects::nonNull)
            .max(Instant::compareTo)
            .orElse(null),
        parts.stream()
            .filter(part -> part.state() == State.NEW || part.state() == State.ASKED)
            .map(Part::age)
            .filter(Objects::nonNull)
            .max(Duration::compareTo)
            .orElse(null),
        lastHour,
        counts,
        faults);
  }

  private static Part part(ResultSet row, int n) throws SQLException {
    Timestamp pausedAt = row.getTimestamp("at");
    Timestamp last = row.getTimestamp("last");
    long age = (long) row.getDouble("age");
    return new Part(
        row.getString("paused_by"),
        pausedAt == null ? null : pausedAt.toInstant(),
        State.of(row.getString("state")),
        last == null ? null : last.toInstant(),
        last == null ? null : Duration.ofSeconds(age),
        row.getInt("count"));
  }
}
