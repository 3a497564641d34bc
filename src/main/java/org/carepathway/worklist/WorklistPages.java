package org.carepathway.worklist;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carepathway.security.CurrentUser;
import org.carepathway.security.PatientScope;
import org.carepathway.security.Role;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Pages of open items: the highest clinical risk first, then by due time. */
@Component
public class WorklistPages {

  /** Nobody reads a larger number; counting all of a large list would take longer than the list. */
  public static final int MOST_COUNTED = 100;

  private final JdbcTemplate jdbc;
  private final Absences absences;
  private final CurrentUser user;
  private final PatientScope scope;
  private final Clock clock;

  WorklistPages(
      JdbcTemplate jdbc, Absences absences, CurrentUser user, PatientScope scope, Clock clock) {
    this.jdbc = jdbc;
    this.absences = absences;
    this.user = user;
    this.scope = scope;
    this.clock = clock;
  }

  /**
   * @param items of this page
   * @param next where the next page goes on from; null on the last one
   */
  public record Page(List<WorkItem> items, String next) {}

  /**
   * A page for who is signed in.
   *
   * @param after {@link Page#next} of the page before; null or not understood for the first page
   */
  public Page page(Filter filter, String after, int size) {
    return page(filter, Order.RISK, after, size);
  }

  /** The same in another order. */
  public Page page(Filter filter, Order order, String after, int size) {
    List<WorkItem> items = items(filter, order, after, size + 1);
    boolean more = items.size() > size;
    List<WorkItem> shown = more ? items.subList(0, size) : items;
    shown.forEach(item -> scope.listed(item.patientId()));
    if (!more) {
      return new Page(shown, null);
    }
    return new Page(
        shown,
        order.isByRisk()
            ? Place.of(shown.get(size - 1)).text()
            : String.valueOf(Order.number(after) + 1));
  }

  /**
   * How many items each scope has, at most {@value #MOST_COUNTED}.
   *
   * @param text what is searched for; null for nothing
   */
  public Map<Filter.Scope, Integer> counts(String text) {
    Map<Filter.Scope, Integer> counts = new EnumMap<>(Filter.Scope.class);
    for (Filter.Scope each : Filter.Scope.values()) {
      counts.put(each, count(new Filter(each, null, null, null, null, null, null, text)));
    }
    return counts;
  }

  /** How many items fit, at most {@value #MOST_COUNTED}. */
  public int count(Filter filter) {
    WorklistQuery query = query(filter, Order.RISK, null, MOST_COUNTED);
    return jdbc.queryForObject(
        "select count(*) from (" + query.sql() + ") counted", Integer.class, query.parameters());
  }

  private List<WorkItem> items(Filter filter, Order order, String after, int limit) {
    WorklistQuery query = query(filter, order, after, limit);
    if (query.isWorthTrying()) {
      WorklistQuery search = query(filter, order, after, limit);
      List<WorkItem> found = jdbc.query(search.top(), WorkItemRow::map, search.parameters());
      if (found.size() == limit) {
        return found;
      }
    }
    return jdbc.query(query.sql(), WorkItemRow::map, query.parameters());
  }

  /** How the database finds a page, line by line; a search, first from the top of the list. */
  public List<String> plan(Filter filter, String after, int size) {
    List<String> lines = new ArrayList<>();
    WorklistQuery query = query(filter, Order.RISK, after, size + 1);
    if (query.isWorthTrying()) {
      WorklistQuery search = query(filter, Order.RISK, after, size + 1);
      lines.addAll(explain(search.top(), search));
    }
    lines.addAll(explain(query.sql(), query));
    return lines;
  }

  private List<String> explain(String sql, WorklistQuery query) {
    return jdbc.queryForList("explain (analyze, buffers) " + sql, String.class, query.parameters());
  }

  /** Stages that open items are in. */
  public List<String> stages() {
    return distinct("stage");
  }

  /** Sites of open items. */
  public List<String> sites() {
    return distinct("site");
  }

  /** Jumps from value to value in the index, however many items have each. */
  private List<String> distinct(String column) {
    return jdbc.queryForList(
        """
        with recursive one as (
          (select COLUMN as value from work_item
           where status in ('ready', 'in-progress') and COLUMN is not null order by COLUMN limit 1)
          union all
          select (select COLUMN from work_item
                  where status in ('ready', 'in-progress') and COLUMN is not null
                    and COLUMN > one.value order by COLUMN limit 1)
          from one where one.value is not null
        )
        select value from one where value is not null\
        """
            .replace("COLUMN", column),
        String.class);
  }

  private WorklistQuery query(Filter filter, Order order, String after, int limit) {
    Collection<String> roles =
        Arrays.stream(Role.values()).map(Role::code).filter(user::mayDo).sorted().toList();
    String me = user.agent().name();
    return new WorklistQuery(
        filter,
        roles,
        me,
        filter.scope() == Filter.Scope.MINE ? absences.absentNow(me, clock.instant()) : Set.of(),
        scope.listed(),
        order,
        after,
        clock.instant(),
        limit);
  }
}
