package org.carepathway.worklist.web;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.carepathway.page.Dates;
import org.carepathway.page.Texts;
import org.carepathway.worklist.Priorities;
import org.carepathway.worklist.Standing;
import org.carepathway.worklist.WorkItem;

/**
 * A task as one line of a page. What is not known is null.
 *
 * @param priority code of FHIR's request-priority
 * @param raised whether the patient's risk puts it before others of its priority
 * @param mine whether who is signed in took it on
 * @param standing as it is now: a snooze that has ended is none
 */
public record TaskLine(
    UUID id,
    UUID pathwayId,
    Who who,
    String title,
    String stage,
    String role,
    String priority,
    boolean raised,
    Instant due,
    boolean overdue,
    boolean mine,
    Standing standing)
    implements Serializable {

  /**
   * The patient.
   *
   * @param mrn medical record number
   * @param age in whole years
   */
  public record Who(String name, String mrn, Integer age) implements Serializable {}

  static TaskLine of(WorkItem item, String me, Instant now, Dates dates, Texts texts) {
    Standing standing = item.standing().at(now);
    LocalDate born = item.about().born();
    return new TaskLine(
        item.id(),
        item.pathwayId(),
        new Who(item.patientName(), item.about().mrn(), born == null ? null : dates.age(born)),
        texts.of(item.title()),
        texts.of(item.about().stage()),
        item.role(),
        Priorities.code(standing.priority()),
        standing.risk() > standing.priority(),
        item.dueAt(),
        item.isOverdue(now),
        me.equals(standing.owner()),
        standing);
  }

  public String patient() {
    return who.name();
  }

  /** The name that people read of who took it on; null while nobody did. */
  public String owner() {
    return standing.ownerName();
  }

  /** Code of the role that it was escalated to; null for none. */
  public String escalatedTo() {
    return standing.escalation() == null ? null : standing.escalation().to();
  }

  /** For a box to tick: which task, and as it was seen. */
  public String seen() {
    return id + ":" + standing.version();
  }
}
