package org.carepathway.worklist;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * Something a person has to do for a patient.
 *
 * @param id also the id of the FHIR Task
 * @param engineTaskId the engine's id of the task
 * @param element BPMN element id
 * @param title what to do
 * @param role code of the role that may do it
 * @param form form key, {@code questionnaire|version}
 * @param dueAt by when; null where the pathway names no time
 * @param about what lists show and sort by
 * @param standing what changes while it is open
 */
public record WorkItem(
    UUID id,
    String engineTaskId,
    UUID pathwayId,
    String patientId,
    String patientName,
    String element,
    String title,
    String role,
    String form,
    Instant dueAt,
    Instant createdAt,
    About about,
    Standing standing) {

  /**
   * What lists show beside patient and task. What is not known is null.
   *
   * @param mrn medical record number
   * @param born date of birth
   * @param stage of the pathway that the task belongs to, in the words of its content
   * @param site where the patient is treated
   * @param handedBy sign-in name of whose work made this task
   * @param escalateAt when it is escalated unless it is done
   */
  public record About(
      String mrn, LocalDate born, String stage, String site, String handedBy, Instant escalateAt) {}

  /** The states of Task that a work item can be in. */
  public enum Status {
    READY("ready"),
    IN_PROGRESS("in-progress"),
    COMPLETED("completed"),
    CANCELLED("cancelled");

    private final String code;

    Status(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }

    static Status ofCode(String code) {
      for (Status status : values()) {
        if (status.code.equals(code)) {
          return status;
        }
      }
      throw new IllegalArgumentException("unknown status " + code);
    }
  }

  public boolean isOpen() {
    return status() == Status.READY || status() == Status.IN_PROGRESS;
  }

  public boolean isOverdue(Instant now) {
    return isOpen() && dueAt != null && dueAt.isBefore(now);
  }

  /** Sign-in name of who took it on; null while nobody did. */
  public String owner() {
    return standing.owner();
  }

  public Status status() {
    return standing.status();
  }

  /** 0 routine, 25 urgent, 50 as soon as possible, 75 at once. */
  public int priority() {
    return standing.priority();
  }

  /** When it was completed or cancelled; null before. */
  public Instant endedAt() {
    return standing.endedAt();
  }

  /** The version of the FHIR Task. */
  public int version() {
    return standing.version();
  }

  /** The same, due at another time. */
  WorkItem due(Instant at, Instant escalateAt) {
    return new WorkItem(
        id,
        engineTaskId,
        pathwayId,
        patientId,
        patientName,
        element,
        title,
        role,
        form,
        at,
        createdAt,
        new About(
            about.mrn(), about.born(), about.stage(), about.site(), about.handedBy(), escalateAt),
        standing);
  }

  public WorkItem with(Standing changed) {
    return new WorkItem(
        id,
        engineTaskId,
        pathwayId,
        patientId,
        patientName,
        element,
        title,
        role,
        form,
        dueAt,
        createdAt,
        about,
        changed);
  }
}
