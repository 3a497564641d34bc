package org.carepathway.worklist.web;

import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.carepathway.worklist.WorkItem;

/**
 * A task as one line of a page.
 *
 * @param priority code of FHIR's request-priority
 * @param owner sign-in name of who took it on; null while nobody did
 * @param mine whether who is signed in took it on
 */
record TaskLine(
    UUID id,
    UUID pathwayId,
    String patient,
    String title,
    String role,
    String priority,
    Instant due,
    boolean overdue,
    String owner,
    boolean mine)
    implements Serializable {

  static TaskLine of(WorkItem item, String me, Instant now) {
    return new TaskLine(
        item.id(),
        item.pathwayId(),
        item.patientName(),
        item.title(),
        item.role(),
        priority(item.priority()),
        item.dueAt(),
        item.isOverdue(now),
        item.owner(),
        me.equals(item.owner()));
  }

  private static String priority(int bpmn) {
    if (bpmn >= 75) {
      return "stat";
    }
    if (bpmn >= 50) {
      return "asap";
    }
    return bpmn >= 25 ? "urgent" : "routine";
  }
}
