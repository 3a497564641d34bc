package org.carepathway.worklist;

import java.time.Instant;
import java.util.Date;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.StepCodes;
import org.carepathway.record.Agent;
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
final class TaskFace {

  private static final String PROFILE =
      "https://carepathway.org/fhir/StructureDefinition/pathway-task";
  private static final String ROLES = "https://carepathway.org/fhir/CodeSystem/pathway-role";

  private TaskFace() {}

  /** A new Task for a new work item. */
  static Task of(WorkItem item, OpenPathway open) {
    Questionnaire form = open.content().form(item.form());
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
  static Task update(Task task, WorkItem item, Agent owner, Instant now) {
    task.setStatus(TaskStatus.fromCode(item.status().code()));
    task.setOwner(item.owner() == null ? null : owner.reference());
    task.setLastModified(Date.from(now));
    return task;
  }

  static Task complete(Task task, String questionnaireResponseId) {
    task.addOutput()
        .setType(new CodeableConcept().setText("QuestionnaireResponse"))
        .setValue(new Reference("QuestionnaireResponse/" + questionnaireResponseId));
    return task;
  }

  /** BPMN priority (0 to 100) to request priority. */
  private static TaskPriority priority(int priority) {
    if (priority >= 75) {
      return TaskPriority.STAT;
    }
    if (priority >= 50) {
      return TaskPriority.ASAP;
    }
    return priority >= 25 ? TaskPriority.URGENT : TaskPriority.ROUTINE;
  }
}
