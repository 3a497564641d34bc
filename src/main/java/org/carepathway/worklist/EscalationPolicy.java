package org.carepathway.worklist;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
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

  /** When a task of this priority and due time is escalated; empty where it is due at no time. */
  Optional<Instant> at(int priority, Date due) {
    return Optional.ofNullable(due)
        .map(Date::toInstant)
        .map(time -> after(time, text(wait(priority))));
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

  private static Instant after(Instant time, String iso) {
    return iso.contains("T")
        ? time.plus(Duration.parse(iso))
        : time.atOffset(ZoneOffset.UTC).plus(Period.parse(iso)).toInstant();
  }
}
