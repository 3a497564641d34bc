package org.carepathway.worklist;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.carepathway.security.CurrentUser;
import org.carepathway.security.ListedPatients;
import org.carepathway.security.PatientScope;
import org.carepathway.security.Role;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** How much there is to do, where it waits and with whom. */
@Component
public class Board {

  private static final int ESCALATIONS = 50;

  private final JdbcTemplate jdbc;
  private final CurrentUser user;
  private final PatientScope scope;
  private final Clock clock;

  Board(JdbcTemplate jdbc, CurrentUser user, PatientScope scope, Clock clock) {
    this.jdbc = jdbc;
    this.user = user;
    this.scope = scope;
    this.clock = clock;
  }

  /**
   * The open tasks of one stage.
   *
   * @param upTo1Day how many came up at most a day ago, and so on; these four make up the open ones
   * @param within24Hours how many get overdue within that time, the overdue ones left out
   * @param within72Hours the same, those within 24 hours included
   */
  public record Stage(
      String name,
      int open,
      int upTo1Day,
      int upTo3Days,
      int upTo7Days,
      int older,
      int overdue,
      int within24Hours,
      int within72Hours) {}

  /**
   * The open tasks of one person.
   *
   * @param owner sign-in name; null for those that nobody took on
   */
  public record Load(
      String owner, String name, int open, int overdue, int within24Hours, int within72Hours) {}

  /**
   * @param everyone whether for all roles, or for those of who is signed in
   */
  public List<Stage> stages(boolean everyone) {
    ListedPatients listed = scope.listed();
    return jdbc.query(
        """
        select stage, count(*) as open,
               count(*) filter (where created_at > n.a - interval '1 day') as d1,
               count(*) filter (where created_at <= n.a - interval '1 day'
                                  and created_at > n.a - interval '3 days') as d3,
               count(*) filter (where created_at <= n.a - interval '3 days'
                                  and created_at > n.a - interval '7 days') as d7,
               count(*) filter (where created_at <= n.a - interval '7 days') as older,
               count(*) filter (where due_at < n.a) as overdue,
               count(*) filter (where due_at >= n.a
                                  and due_at < n.a + interval '24 hours') as h24,
               count(*) filter (where due_at >= n.a
                                  and due_at < n.a + interval '72 hours') as h72
        from work_item, (select ?::timestamptz as a) n
        where status in ('ready', 'in-progress') and role = any (?) and\s\
        """
            + listed.condition("patient_id")
            + " group by stage order by stage",
        (row, number) ->
            new Stage(
                row.getString("stage"),
                row.getInt("open"),
                row.getInt("d1"),
                row.getInt("d3"),
                row.getInt("d7"),
                row.getInt("older"),
                row.getInt("overdue"),
                row.getInt("h24"),
                row.getInt("h72")),
        with(listed, now(Duration.ZERO), roles(everyone)));
  }

  /** Who has how much to do, the most first; what nobody took on comes last. */
  public List<Load> loads(boolean everyone) {
    ListedPatients listed = scope.listed();
    return jdbc.query(
        """
        select owner, max(owner_name) as name, count(*) as open,
               count(*) filter (where due_at < ?) as overdue,
               count(*) filter (where due_at >= ? and due_at < ?) as h24,
               count(*) filter (where due_at >= ? and due_at < ?) as h72
        from work_item
        where status in ('ready', 'in-progress') and role = any (?) and\s\
        """
            + listed.condition("patient_id")
            + " group by owner order by owner is null, open desc, owner",
        (row, number) ->
            new Load(
                row.getString("owner"),
                row.getString("name"),
                row.getInt("open"),
                row.getInt("overdue"),
                row.getInt("h24"),
                row.getInt("h72")),
        with(
            listed,
            now(Duration.ZERO),
            now(Duration.ZERO),
            now(Duration.ofHours(24)),
            now(Duration.ZERO),
            now(Duration.ofHours(72)),
            roles(everyone)));
  }

  /**
   * Open tasks that were escalated, of these roles or to them, the one that waits longest first.
   */
  public List<WorkItem> escalated(boolean everyone) {
    String[] roles = roles(everyone);
    ListedPatients listed = scope.listed();
    List<WorkItem> shown =
        jdbc.query(
            WorkItemRow.SELECT
                + """
            where status in ('ready', 'in-progress') and escalated_to is not null
              and (escalated_to = any (?) or role = any (?)) and\s\
            """
                + listed.condition("patient_id")
                + " order by escalated_at, id limit ?",
            WorkItemRow::map,
            listed.arguments(roles, roles, ESCALATIONS));
    shown.forEach(item -> scope.listed(item.patientId()));
    return shown;
  }

  private String[] roles(boolean everyone) {
    return (everyone ? Arrays.stream(Role.values()) : user.roles().stream())
        .map(Role::code)
        .toArray(String[]::new);
  }

  private static Object[] with(ListedPatients listed, Object... values) {
    return Stream.concat(Arrays.stream(values), listed.values().stream()).toArray();
  }

  private Timestamp now(Duration ahead) {
    return Timestamp.from(clock.instant().plus(ahead));
  }
}
