package org.carepathway.worklist;

import java.time.Clock;
import java.util.UUID;
import org.carepathway.calendar.WorkingTime;
import org.carepathway.engine.TaskCancelled;
import org.carepathway.engine.TaskCreated;
import org.carepathway.fact.PatientIdentity;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.pathway.PlannedActivities;
import org.carepathway.pathway.Urgencies;
import org.carepathway.patient.PatientEntry;
import org.carepathway.patient.Patients;
import org.carepathway.record.Agent;
import org.carepathway.record.Records;
import org.carepathway.record.StableIds;
import org.carepathway.worklist.WorkItem.Status;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Task;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Keeps worklist row, FHIR Task and CarePlan activity in step with the engine, in its transaction.
 */
@Component
public class Projection {

  private final WorkItems items;
  private final Deadlines deadlines;
  private final Pathways pathways;
  private final Records records;
  private final Urgencies urgencies;
  private final WorkingTime time;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Projection(
      WorkItems items,
      Deadlines deadlines,
      Pathways pathways,
      Records records,
      Urgencies urgencies,
      WorkingTime time,
      ApplicationEventPublisher events,
      Clock clock) {
    this.items = items;
    this.deadlines = deadlines;
    this.pathways = pathways;
    this.records = records;
    this.urgencies = urgencies;
    this.time = time;
    this.events = events;
    this.clock = clock;
  }

  @EventListener
  void on(TaskCreated event) {
    OpenPathway open = pathways.open(event.pathwayId());
    UUID id = StableIds.of(records.trigger().id(), event.element(), "Task/" + event.pathwayId(), 0);
    WorkItem item =
        new WorkItem(
            id,
            event.engineTaskId(),
            event.pathwayId(),
            open.pathway().patientId(),
            PatientIdentity.name(open.patient()),
            event.element(),
            event.title(),
            event.role(),
            event.form(),
            event.due() == null ? null : event.due().toInstant(),
            clock.instant(),
            about(event, open),
            Standing.begin(
                event.priority(),
                ClinicalRisk.of(event.priority(), open),
                records.trigger().agent().display(),
                clock.instant()));
    items.add(item);
    deadlines.hasten(id, urgencies.next(open));
    deadlines.dueAfter(id, event.dueAfter());
    open.record().write(item.element(), TaskFace.of(item, open));
    PlannedActivities.follow(open, item.element(), CarePlanActivityStatus.INPROGRESS);
    events.publishEvent(new ItemAdded(item));
  }

  @EventListener
  void on(TaskCancelled event) {
    items
        .findByEngineTask(event.engineTaskId())
        .filter(WorkItem::isOpen)
        .ifPresent(
            item -> {
              OpenPathway open = pathways.open(event.pathwayId());
              WorkItem cancelled =
                  item.with(
                      item.standing()
                          .ended(Status.CANCELLED, records.trigger().agent(), clock.instant()));
              items.update(cancelled);
              Task task = open.record().get(Task.class, item.id().toString());
              open.record()
                  .write(item.element(), TaskFace.update(task, cancelled, clock.instant()));
              PlannedActivities.follow(open, item.element(), CarePlanActivityStatus.CANCELLED);
              events.publishEvent(new ItemCancelled(cancelled));
            });
  }

  private WorkItem.About about(TaskCreated event, OpenPathway open) {
    Patient patient = open.patient();
    Agent cause = records.trigger().agent();
    return new WorkItem.About(
        PatientIdentity.number(patient),
        PatientEntry.born(patient),
        event.stage(),
        Patients.site(open),
        cause.equals(Agent.SERVICE)
            ? items.lastWorker(event.pathwayId()).orElse(null)
            : cause.name(),
        EscalationPolicy.of(open)
            .flatMap(policy -> policy.at(event.priority(), event.due(), time::after))
            .orElse(null));
  }
}
