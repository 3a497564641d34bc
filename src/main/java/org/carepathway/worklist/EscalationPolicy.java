package org.carepathway.worklist;

import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.carepathway.calendar.TimeLimit;
import org.carepathway.content.PolicyValue;
import org.carepathway.pathway.OpenPathway;

/**
 * When and to whom a pathway escalates what is overdue: its policy values {@code escalate-after},
 * {@code escalate-asap-after}, {@code escalate-to} and, for what one role left undone, {@code
 * escalate-<role>-to}. What has to be done at once may have its own time and role, {@code
 * escalate-stat-after} and {@code escalate-stat-to}. A pathway without them escalates nothing.
 */
record EscalationPolicy(Map<String, PolicyValue> values) {

  private static final int ASAP = 50;
  private static final int STAT = 75;

  static Optional<EscalationPolicy> of(OpenPathway open) {
    Map<String, PolicyValue> values = open.content().policy().values();
    return values.containsKey("escalate-after")
        ? Optional.of(new EscalationPolicy(values))
        : Optional.empty();
  }

  /**
   * When a task of this priority and due time is escalated; empty where it is due at no time.
   *
   * @param after when a limit is over that began at an instant
   */
  Optional<Instant> at(int priority, Date due, BiFunction<Instant, TimeLimit, Instant> after) {
    return Optional.ofNullable(due)
        .map(Date::toInstant)
        .map(time -> after.apply(time, TimeLimit.parse(text(wait(priority)))));
  }

  /** Code of the role that sees to what the given role left undone. */
  String to(String role, int priority) {
    String own = "escalate-" + role + "-to";
    if (priority >= STAT && values.containsKey("escalate-stat-to")) {
      String atOnce = text("escalate-stat-to");
      if (!atOnce.equals(role)) {
        return atOnce;
      }
    }
    return text(values.containsKey(own) ? own : "escalate-to");
  }

  private String wait(int priority) {
    if (priority >= STAT && values.containsKey("escalate-stat-after")) {
      return "escalate-stat-after";
    }
    return priority < ASAP ? "escalate-after" : "escalate-asap-after";
  }

  private String text(String name) {
    return values.get(name).value().toString();
  }
}
