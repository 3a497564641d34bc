package org.carepathway.worklist;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a filter asks of each item, as further conditions of a statement. */
final class FilterConditions {

  private final Filter filter;
  private final Instant now;
  private final StringBuilder sql;
  private final List<Object> parameters;

  /**
   * @param sql to which each condition is appended
   * @param parameters to which the values are added, in their order
   */
  FilterConditions(Filter filter, Instant now, StringBuilder sql, List<Object> parameters) {
    this.filter = filter;
    this.now = now;
    this.sql = sql;
    this.parameters = parameters;
  }

  void append() {
    scope();
    hidden();
    equal("stage", filter.stage());
    equal("role", filter.role());
    equal("owner", filter.owner());
    equal("site", filter.site());
    if (filter.priority() != null) {
      sql.append(" and priority between ").append(Priorities.least(filter.priority()));
      sql.append(" and ").append(Priorities.most(filter.priority()));
    }
    due();
  }

  /** What is overdue is never hidden where one looks for it. */
  private void hidden() {
    switch (filter.scope()) {
      case SNOOZED -> sql.append(" and snoozed_until > ?");
      case OVERDUE, EVERYONE, WAITING -> {
        return;
      }
      default -> sql.append(" and (hidden_until is null or hidden_until <= ?)");
    }
    parameters.add(Timestamp.from(now));
  }

  private void equal(String column, String value) {
    if (value != null) {
      sql.append(" and ").append(column).append(" = ?");
      parameters.add(value);
    }
  }

  private void scope() {
    switch (filter.scope()) {
      case UNASSIGNED -> sql.append(" and owner is null");
      case OVERDUE -> dueBefore(Duration.ZERO);
      case AT_RISK -> dueWithin(Duration.ofDays(1));
      default -> {
        // All that the branch names.
      }
    }
  }

  private void due() {
    if (filter.due() == null) {
      return;
    }
    switch (filter.due()) {
      case OVERDUE -> dueBefore(Duration.ZERO);
      case DAY -> dueWithin(Duration.ofDays(1));
      case THREE_DAYS -> dueWithin(Duration.ofDays(3));
      case WEEK -> dueWithin(Duration.ofDays(7));
      case NONE -> sql.append(" and due_at is null");
    }
  }

  /** As the board counts them: what is overdue is a matter of its own. */
  private void dueWithin(Duration ahead) {
    sql.append(" and sort_due >= ?");
    parameters.add(Timestamp.from(now));
    dueBefore(ahead);
  }

  private void dueBefore(Duration ahead) {
    sql.append(" and sort_due < ?");
    parameters.add(Timestamp.from(now.plus(ahead)));
  }
}
