package org.carepathway.worklist;

import java.time.Instant;
import java.util.Date;
import org.carepathway.pathway.Endings;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.StepCodes;
import org.carepathway.record.Agent;
import org.carepathway.worklist.Standing.Snooze;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskPriority;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/** The FHIR face of a work item. */
public final class TaskFace {

  private static final String PROFILE =
      "https://carepathway.org/fhir/StructureDefinition/pathway-task";
  private static final String ROLES = "https://carepathway.org/fhir/CodeSystem/pathway-role";
  private static final String BUSINESS_STATUS =
      "https://carepathway.org/fhir/CodeSystem/task-business-status";

  private TaskFace() {}

  /** A new Task for a new work item. */
  static Task of(WorkItem item, OpenPathway open) {
    Questionnaire form = open.content().questionnaire(item.form());
    Task task = new Task();
    task.setId(item.id().toString());
    task.getMeta().addProfile(PROFILE);
    task.addBasedOn(new Reference("CarePlan/" + open.pathway().carePlanId()));
    task.setStatus(TaskStatus.READY);
    task.setIntent(TaskIntent.ORDER);
    task.setPriority(priority(item.priority()));
    task.setCode(
        new CodeableConcept(
                new Coding(StepCodes.system(open.pathway().key()), item.element(), item.title()))
            .setText(item.title()));
    task.setFor(new Reference("Patient/" + item.patientId()).setDisplay(item.patientName()));
    task.setFocus(new Reference("ServiceRequest/" + open.pathway().referralId()));
    task.setAuthoredOn(Date.from(item.createdAt()));
    task.setLastModified(Date.from(item.createdAt()));
    task.addPerformerType().addCoding().setSystem(ROLES).setCode(item.role());
    if (item.dueAt() != null) {
      task.getRestriction().getPeriod().setEnd(Date.from(item.dueAt()));
    }
    task.addInput()
        .setType(new CodeableConcept().setText("Questionnaire"))
        .setValue(new CanonicalType(form.getUrl() + '|' + form.getVersion()));
    return task;
  }

  /** Brings the Task up to the work item. */
  public static Task update(Task task, WorkItem item, Instant now) {
    Standing standing = item.standing();
    task.setStatus(TaskStatus.fromCode(standing.status().code()));
    task.setPriority(priority(standing.priority()));
    task.setOwner(
        standing.owner() == null
            ? null
            : new Agent(standing.owner(), standing.ownerName()).reference());
    task.setBusinessStatus(null);
    if (item.dueAt() != null) {
      task.getRestriction().getPeriod().setEnd(Date.from(item.dueAt()));
    }
    forgetSnooze(task);
    if (standing.escalation() != null && item.isOpen()) {
      task.setBusinessStatus(businessStatus("escalated"));
      addRole(task, standing.escalation().to());
    }
    snooze(task, standing.snooze());
    task.setLastModified(Date.from(now));
    return task;
  }

  /** A reason to snooze is a text; a code says why the end of the pathway cancelled the task. */
  private static void forgetSnooze(Task task) {
    if (!task.getStatusReason().hasCoding()) {
      task.setStatusReason(null);
    }
  }

  /**
   * Says why the end of the pathway leaves the task undone.
   *
   * @param outcome code of CodeSystem {@code pathway-outcome}
   */
  static Task leftBecause(Task task, String outcome) {
    return task.setStatusReason(
        new CodeableConcept(new Coding().setSystem(Endings.OUTCOMES).setCode(outcome)));
  }

  /** Adds a comment. */
  static Task note(Task task, Agent by, String text, Instant at) {
    task.addNote().setAuthor(by.reference()).setTime(Date.from(at)).setText(text);
    return task;
  }

  public static Task complete(Task task, String questionnaireResponseId) {
    task.addOutput()
        .setType(new CodeableConcept().setText("QuestionnaireResponse"))
        .setValue(new Reference("QuestionnaireResponse/" + questionnaireResponseId));
    return task;
  }

  /** A period may not end before it begins (per-1): beyond the due time only the reason is kept. */
  private static void snooze(Task task, Snooze snooze) {
    if (task.hasRestriction()) {
      task.getRestriction().getPeriod().setStart(null);
    }
    if (snooze == null) {
      return;
    }
    task.setBusinessStatus(businessStatus("snoozed"));
    task.setStatusReason(new CodeableConcept().setText(snooze.reason()));
    Date until = Date.from(snooze.until());
    if (task.hasRestriction() && !until.after(task.getRestriction().getPeriod().getEnd())) {
      task.getRestriction().getPeriod().setStart(until);
    }
  }

  private static void addRole(Task task, String role) {
    CodeableConcept roles = task.getPerformerTypeFirstRep();
    if (!roles.hasCoding(ROLES, role)) {
      roles.addCoding().setSystem(ROLES).setCode(role);
    }
  }

  private static CodeableConcept businessStatus(String code) {
    return new CodeableConcept(new Coding().setSystem(BUSINESS_STATUS).setCode(code));
  }

  private static TaskPriority priority(int priority) {
    return TaskPriority.fromCode(Priorities.code(priority));
  }
}
