package org.carepathway.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.security.ListedPatients;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The outbox as people look at it; no answer reads the whole table. */
@Repository
public class OutboxView {

  /** Entries on a page. */
  public static final int SIZE = 50;

  private final JdbcClient jdbc;

  OutboxView(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** How it goes with a site. */
  public OutboxSite site(String site) {
    Map<Standing, Integer> counts = new EnumMap<>(Standing.class);
    for (Standing standing : Standing.values()) {
      counts.put(
          standing,
          jdbc.sql(
                  """
                  select count(*) from (select from outbox_entry
                    where site = :site and state = :state order by -id limit :most) counted""")
              .param("site", site)
              .param("state", standing.code())
              .param("most", OutboxSite.MOST)
              .query(Integer.class)
              .single());
    }
    return jdbc.sql(
            """
            select p.paused_by, p.at,
              (select finished_at from outbox_entry where site = :site and state = 'done' order by -id limit 1) as last,
              extract(epoch from now() - n.written_at) as age, n.said
            from (select 1) one
            left join outbox_pause p on p.site = :site
            left join lateral (select written_at, said from outbox_entry
              where site = :site and state = 'new' order by id limit 1) n on true""")
        .param("site", site)
        .query((row, n) -> site(site, row, counts))
        .single();
  }

  private static OutboxSite site(String site, ResultSet row, Map<Standing, Integer> counts)
      throws SQLException {
    double age = row.getDouble("age");
    Duration waits = row.wasNull() ? null : Duration.ofSeconds((long) age);
    return new OutboxSite(
        site,
        row.getString("paused_by"),
        instant(row, "at"),
        instant(row, "last"),
        waits,
        row.getString("said"),
        counts);
  }

  /**
   * The newest first.
   *
   * @param before only what was written before this number
   */
  public List<OutboxLine> list(Collection<Standing> standings, String site, long before) {
    return jdbc.sql(
            """
            select * from outbox_entry where site = :site and state = any(:states) and id < :before
            order by id desc limit :limit""")
        .param("site", site)
        .param("states", standings.stream().map(Standing::code).toArray(String[]::new))
        .param("before", before)
        .param("limit", SIZE)
        .query(OutboxView::line)
        .list();
  }

  /** What people of these roles have to enter, the most urgent first. */
  public List<OutboxLine> byHand(Collection<String> roles, ListedPatients seen) {
    return jdbc.sql("select *" + byHand(seen) + " order by enter_by, id limit 200")
        .params(arguments(roles, seen))
        .query(OutboxView::line)
        .list();
  }

  /** How many of those should have been entered by a time. */
  public int byHandLate(Collection<String> roles, ListedPatients seen, Instant now) {
    List<Object> arguments = arguments(roles, seen);
    arguments.add(Timestamp.from(now));
    return jdbc.sql("select count(*)" + byHand(seen) + " and enter_by < ?")
        .params(arguments)
        .query(Integer.class)
        .single();
  }

  private static String byHand(ListedPatients seen) {
    return " from outbox_entry where state = 'hand' and owner = any (?) and "
        + seen.condition("patient");
  }

  private static List<Object> arguments(Collection<String> roles, ListedPatients seen) {
    List<Object> all = new ArrayList<>();
    all.add(roles.toArray(String[]::new));
    all.addAll(seen.values());
    return all;
  }

  public Optional<OutboxLine> find(long number) {
    return jdbc.sql("select * from outbox_entry where id = :number")
        .param("number", number)
        .query(OutboxView::line)
        .optional();
  }

  private static OutboxLine line(ResultSet row, int n) throws SQLException {
    String rung = row.getString("rung");
    String fault = row.getString("fault");
    return new OutboxLine(
        row.getLong("id"),
        row.getString("site"),
        row.getString("patient"),
        row.getObject("pathway", UUID.class),
        row.getString("kind"),
        row.getString("subject"),
        row.getString("content"),
        instant(row, "written_at"),
        Standing.of(row.getString("state")),
        row.getInt("attempts"),
        instant(row, "due_at"),
        instant(row, "finished_at"),
        rung == null ? null : Rung.of(rung),
        row.getString("said"),
        fault == null ? null : SendFault.of(fault),
        row.getString("entry_text"),
        row.getString("owner"),
        instant(row, "enter_by"),
        row.getString("entered_by"),
        row.getInt("replays"),
        row.getString("replayed_by"),
        row.getString("aside_by"),
        row.getString("aside_why"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }
}
