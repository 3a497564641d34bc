package org.carepathway.worklist;

import java.time.Instant;
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
 * @param owner sign-in name of who claimed it; null while unclaimed
 * @param status as in Task.status
 * @param priority 0 routine, 25 urgent, 50 as soon as possible, 75 at once
 * @param dueAt by when; null where the pathway names no time
 * @param endedAt when it was completed or cancelled; null before
 * @param version the version of the FHIR Task
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
    String owner,
    Status status,
    int priority,
    Instant dueAt,
    Instant createdAt,
    Instant endedAt,
    int version) {

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
    return status == Status.READY || status == Status.IN_PROGRESS;
  }

  public boolean isOverdue(Instant now) {
    return isOpen() && dueAt != null && dueAt.isBefore(now);
  }

  WorkItem claimedBy(String name) {
    return changed(name, Status.IN_PROGRESS, null);
  }

  WorkItem released() {
    return changed(null, Status.READY, null);
  }

  WorkItem ended(Status how, String by, Instant at) {
    return changed(by, how, at);
  }

  private WorkItem changed(String newOwner, Status newStatus, Instant ended) {
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
        newOwner,
        newStatus,
        priority,
        dueAt,
        createdAt,
        ended,
        version + 1);
  }
}
