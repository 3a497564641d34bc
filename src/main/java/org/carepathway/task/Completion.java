package org.carepathway.task;

import java.time.Clock;
import java.util.OptionalInt;
import java.util.UUID;
import org.carepathway.answers.AnswersRefused;
import org.carepathway.answers.DraftKey;
import org.carepathway.answers.Drafts;
import org.carepathway.answers.Enquiry;
import org.carepathway.answers.Given;
import org.carepathway.answers.Prefilled;
import org.carepathway.answers.Submissions;
import org.carepathway.engine.PathwayEngine;
import org.carepathway.pathway.Holds;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.pathway.PlannedActivities;
import org.carepathway.pathway.TaskDone;
import org.carepathway.record.Agent;
import org.carepathway.record.Records;
import org.carepathway.record.Trigger;
import org.carepathway.worklist.OpenItems;
import org.carepathway.worklist.TaskFace;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.WorkItem.Status;
import org.carepathway.worklist.WorkItems;
import org.carepathway.worklist.Worklist;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityStatus;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Task;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Doing a task: its form pre-filled, checked and turned into resources, and the pathway moved on.
 */
@Component
public class Completion {

  private final Worklist worklist;
  private final WorkItems items;
  private final OpenItems openItems;
  private final Pathways pathways;
  private final Submissions submissions;
  private final Drafts drafts;
  private final Holds holds;
  private final Records records;
  private final PathwayEngine engine;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Completion(
      Worklist worklist,
      WorkItems items,
      OpenItems openItems,
      Pathways pathways,
      Submissions submissions,
      Drafts drafts,
      Holds holds,
      Records records,
      PathwayEngine engine,
      ApplicationEventPublisher events,
      Clock clock) {
    this.worklist = worklist;
    this.items = items;
    this.openItems = openItems;
    this.pathways = pathways;
    this.submissions = submissions;
    this.drafts = drafts;
    this.holds = holds;
    this.records = records;
    this.engine = engine;
    this.events = events;
    this.clock = clock;
  }

  /**
   * The form of an item, with what is known.
   *
   * @throws ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException (404) when there is no
   *     such item in sight
   */
  @Transactional(readOnly = true)
  public Prefilled first(UUID itemId) {
    WorkItem item = worklist.find(itemId);
    return submissions.prefilled(enquiry(view(item), item));
  }

  /**
   * Completes an item: answers, extracted resources, the engine's next steps and the worklist
   * change in one transaction.
   *
   * @throws AnswersRefused (422) when the answers break rules of the form, or warnings are not
   *     confirmed; other errors as for {@link Worklist#claim}
   */
  @Transactional
  public WorkItem complete(UUID itemId, Given given, OptionalInt expectedVersion) {
    WorkItem item = openItems.forMe(itemId, expectedVersion);
    Agent me = openItems.actor(item);
    if (!me.isPatient()) {
      // What a patient says is never turned away.
      holds.refuse(item.pathwayId(), item.priority());
    }
    records.triggeredBy(new Trigger(item.engineTaskId(), me));
    OpenPathway open = pathways.open(item.pathwayId());
    QuestionnaireResponse kept =
        submissions.submit(enquiry(open, item), item.engineTaskId(), given);
    WorkItem done = item.with(item.standing().ended(Status.COMPLETED, me, clock.instant()));
    items.update(done);
    Task task =
        TaskFace.update(open.record().get(Task.class, item.id().toString()), done, clock.instant());
    open.record().write(item.element(), TaskFace.complete(task, kept.getIdElement().getIdPart()));
    PlannedActivities.follow(open, item.element(), CarePlanActivityStatus.COMPLETED);
    drafts.forget(DraftKey.ofTask(itemId));
    engine.complete(item.engineTaskId());
    events.publishEvent(
        new TaskDone(
            open.pathway(),
            done.id(),
            done.element(),
            done.role(),
            kept.getIdElement().getIdPart(),
            done.createdAt(),
            done.dueAt(),
            done.endedAt(),
            records.trigger()));
    return done;
  }

  private static Enquiry enquiry(OpenPathway open, WorkItem item) {
    return Enquiry.of(open, item.form(), item.element());
  }

  private OpenPathway view(WorkItem item) {
    return pathways
        .view(item.pathwayId())
        .orElseThrow(() -> new IllegalStateException("no pathway " + item.pathwayId()));
  }
}
