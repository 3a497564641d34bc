package org.carepathway.task;

import java.util.Optional;
import java.util.UUID;
import org.carepathway.answers.DraftKey;
import org.carepathway.answers.Drafts;
import org.carepathway.answers.Enquiry;
import org.carepathway.answers.Given;
import org.carepathway.answers.Submissions;
import org.carepathway.content.PatientContact;
import org.carepathway.engine.PathwayEngine;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.record.Records;
import org.carepathway.record.StableIds;
import org.carepathway.record.Trigger;
import org.carepathway.security.CurrentUser;
import org.carepathway.worklist.OpenItems;
import org.carepathway.worklist.TaskFace;
import org.carepathway.worklist.WorkItem;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Task;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps what a patient answers to a task that somebody has done meanwhile: beside the answers that
 * are there, and judged like them.
 */
@Component
public class AnswersBesides {

  private final OpenItems items;
  private final Pathways pathways;
  private final Submissions submissions;
  private final Drafts drafts;
  private final Records records;
  private final PathwayEngine engine;
  private final CurrentUser user;

  AnswersBesides(
      OpenItems items,
      Pathways pathways,
      Submissions submissions,
      Drafts drafts,
      Records records,
      PathwayEngine engine,
      CurrentUser user) {
    this.items = items;
    this.pathways = pathways;
    this.submissions = submissions;
    this.drafts = drafts;
    this.records = records;
    this.engine = engine;
    this.user = user;
  }

  /**
   * Once for each task.
   *
   * @return whether they were kept: an ended pathway keeps nothing more
   * @throws org.carepathway.answers.AnswersRefused (422) when they break rules of the form
   */
  @Transactional
  public boolean keep(UUID itemId, Given given) {
    WorkItem item = items.lock(itemId);
    OpenPathway open = pathways.open(item.pathwayId());
    Task task = open.record().get(Task.class, item.id().toString());
    String trigger = "besides/" + itemId;
    if (isKept(item, open, trigger)) {
      return true;
    }
    if (!open.pathway().isActive()) {
      return false;
    }
    records.triggeredBy(new Trigger(trigger, user.agent()));
    QuestionnaireResponse kept =
        submissions.submit(Enquiry.of(open, item.form(), item.element()), trigger, given);
    open.record().write(item.element(), TaskFace.complete(task, kept.getIdElement().getIdPart()));
    drafts.forget(DraftKey.ofTask(itemId));
    Optional.of(open.content())
        .flatMap(content -> content.patientContact())
        .map(PatientContact::besides)
        .ifPresent(message -> engine.correlate(message, item.pathwayId()));
    return true;
  }

  /** Sent twice: the patient has done the task, or has answered beside staff before. */
  private boolean isKept(WorkItem item, OpenPathway open, String trigger) {
    String id = StableIds.of(trigger, item.element(), "QuestionnaireResponse", 0).toString();
    return user.agent().name().equals(item.owner())
        || open.record().find(QuestionnaireResponse.class, id).isPresent();
  }
}
