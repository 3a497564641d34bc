package org.carepathway.worklist.web;

import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.carepathway.page.Dates;
import org.carepathway.page.Texts;
import org.carepathway.worklist.Priorities;
import org.carepathway.worklist.Standing;
import org.carepathway.worklist.WorkItem;

/**
 * A task as one line of a page. What is not known is null.
 *
 * @param mrn medical record number
 * @param age in whole years
 * @param priority code of FHIR's request-priority
 * @param raised whether the patient's risk puts it before others of its priority
 * @param owner the name that people read of who took it on; null while nobody did
 * @param mine whether who is signed in took it on
 * @param escalatedTo code of the role that it was escalated to
 * @param notes how many comments it has
 * @param last what happened to it last: the end of a key {@code event.*}
 */
public record TaskLine(
    UUID id,
    UUID pathwayId,
    String patient,
    String mrn,
    Integer age,
    String title,
    String stage,
    String role,
    String priority,
    boolean raised,
    Instant due,
    boolean overdue,
    String owner,
    boolean mine,
    Instant snoozedUntil,
    String snoozeReason,
    String escalatedTo,
    int notes,
    String last,
    String lastBy,
    Instant lastAt,
    int version)
    implements Serializable {

  static TaskLine of(WorkItem item, String me, Instant now, Dates dates, Texts texts) {
    Standing standing = item.standing();
    Standing.Snooze snooze =
        standing.snooze() != null && standing.snooze().until().isAfter(now)
            ? standing.snooze()
            : null;
    return new TaskLine(
        item.id(),
        item.pathwayId(),
        item.patientName(),
        item.about().mrn(),
        item.about().born() == null ? null : dates.age(item.about().born()),
        texts.of(item.title()),
        texts.of(item.about().stage()),
        item.role(),
        Priorities.code(standing.priority()),
        standing.risk() > standing.priority(),
        item.dueAt(),
        item.isOverdue(now),
        standing.ownerName(),
        me.equals(standing.owner()),
        snooze == null ? null : snooze.until(),
        snooze == null ? null : snooze.reason(),
        standing.escalation() == null ? null : standing.escalation().to(),
        standing.notes(),
        standing.last().what(),
        standing.last().by(),
        standing.last().at(),
        standing.version());
  }

  /** For a box to tick: which task, and as it was seen. */
  public String seen() {
    return id + ":" + version;
  }
}
