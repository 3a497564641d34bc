package org.carepathway.worklist;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.carepathway.patient.SearchWords;
import org.carepathway.security.ListedPatients;

/**
 * The SQL of one page of the worklist. Each branch reads one index in the order of the list and
 * stops after a page: a list of several roles is as quick as that of one.
 *
 * <p>A search can be done in two ways. A word that many items have is found soon by going through
 * the list from its top; one that few have, such as a number, by the index of words. Nobody knows
 * beforehand which a name is: {@link #top} looks at the top of the list only, and where that does
 * not fill a page, {@link #sql} asks the index.
 */
final class WorklistQuery {

  /** How many items of the list {@link #top} looks through: 2 % of 100,000. */
  private static final int TOP = 2000;

  private static final String ORDER = " order by risk_order, sort_due, id limit ";

  private final List<Object> parameters = new ArrayList<>();
  private final Filter filter;
  private final Collection<String> roles;
  private final String me;
  private final Set<String> absent;
  private final ListedPatients listed;
  private final Order order;
  private final String from;
  private final Place after;
  private final Instant now;
  private final int limit;
  private int rows;
  private boolean top;

  /**
   * @param roles of who asks
   * @param absent sign-in names of those they stand in for
   * @param listed whose patients may be shown
   * @param limit one more than a page has
   * @param from where the page before ended, or for another order than that by risk the number of
   *     this one; null or not understood for the first one
   */
  WorklistQuery(
      Filter filter,
      Collection<String> roles,
      String me,
      Set<String> absent,
      ListedPatients listed,
      Order order,
      String from,
      Instant now,
      int limit) {
    this.listed = listed;
    this.filter = filter;
    this.roles = roles;
    this.me = me;
    this.absent = absent;
    this.order = order;
    this.from = from;
    this.after = from == null || !order.isByRisk() ? null : Place.parse(from).orElse(null);
    this.now = now;
    this.limit = limit;
  }

  Object[] parameters() {
    return parameters.toArray();
  }

  private boolean isSearch() {
    return filter.text() != null && !SearchWords.query(filter.text()).isEmpty();
  }

  /** Whether {@link #top} may fill a page. */
  boolean isWorthTrying() {
    return order.isByRisk() && isSearch() && !SearchWords.longest(filter.text()).matches(".*\\d.*");
  }

  /**
   * The first items of the list that have the words, of its first {@value #TOP}, whoever's patients
   * these are. Fills {@link #parameters} too; to be called once, and not with {@link #sql}.
   */
  String top() {
    top = true;
    String list = list(TOP);
    parameters.add(SearchWords.query(filter.text()));
    parameters.addAll(listed.values());
    return "select * from (%s) top where words @@ ?::tsquery and %s"
            .formatted(list, listed.condition("patient_id"))
        + ORDER
        + limit;
  }

  /** Fills {@link #parameters} too; to be called once. */
  String sql() {
    return list(limit);
  }

  private String list(int rows) {
    this.rows = rows;
    List<String> branches = new ArrayList<>();
    switch (filter.scope()) {
      case MINE -> {
        branches.add(branch("owner = ?", me));
        absent.forEach(name -> branches.add(branch("owner = ?", name)));
      }
      case WAITING ->
          branches.add(
              branch(
                  "handed_by = ? and (not (role = any (?)) or owner <> ?)", me, array(roles), me));
      case EVERYONE -> branches.add(branch("true"));
      default -> {
        roles.forEach(role -> branches.add(branch("role = ?", role)));
        roles.forEach(
            role ->
                branches.add(
                    branch("escalated_to = ? and not (role = any (?))", role, array(roles))));
      }
    }
    if (branches.isEmpty()) {
      branches.add(branch("false"));
    }
    return branches.size() == 1 && order.isByRisk()
        ? branches.get(0)
        : "select * from ("
            + String.join(" union all ", branches.stream().map("(%s)"::formatted).toList())
            + ") page"
            + (order.isByRisk() ? ORDER + rows : sorted());
  }

  /** No index has such an order: all that fit are sorted. */
  private String sorted() {
    return "%s limit %d offset %d"
        .formatted(order.sql(), limit, (Order.number(from) - 1) * (limit - 1));
  }

  private String branch(String whose, Object... values) {
    StringBuilder sql =
        new StringBuilder(
                "select " + WorkItemRow.COLUMNS + ", risk_order, sort_due, words from work_item")
            .append(" where status in ('ready', 'in-progress') and ")
            .append(whose);
    parameters.addAll(List.of(values));
    if (!top) {
      sql.append(" and ").append(listed.condition("patient_id"));
      parameters.addAll(listed.values());
    }
    new FilterConditions(filter, now, sql, parameters).append();
    if (!top && isSearch()) {
      search(sql);
    }
    if (after != null) {
      sql.append(" and (risk_order, sort_due, id) > (?, ?::timestamptz, ?)");
      parameters.addAll(List.of(after.riskOrder(), after.dueParameter(), after.id()));
    }
    return order.isByRisk() ? sql.append(ORDER).append(rows).toString() : sql.toString();
  }

  /**
   * By the longest word, which is likely the rarest: the index would collect all items of each
   * further one. "is true" keeps it from doing that.
   */
  private void search(StringBuilder sql) {
    String longest = SearchWords.longest(filter.text());
    String all = SearchWords.query(filter.text());
    sql.append(" and words @@ ?::tsquery");
    parameters.add(longest);
    if (!all.equals(longest)) {
      sql.append(" and (words @@ ?::tsquery) is true");
      parameters.add(all);
    }
  }

  private static String[] array(Collection<String> values) {
    return values.toArray(String[]::new);
  }
}
