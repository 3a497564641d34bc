package org.carepathway.task;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.carepathway.answers.DraftKey;
import org.carepathway.answers.Drafts;
import org.carepathway.answers.Enquiry;
import org.carepathway.answers.Given;
import org.carepathway.answers.Prefilled;
import org.carepathway.answers.Submissions;
import org.carepathway.content.PatientContact;
import org.carepathway.engine.PathwayEngine;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.record.Records;
import org.carepathway.record.Trigger;
import org.carepathway.security.CurrentUser;
import org.carepathway.worklist.OpenItems;
import org.carepathway.worklist.TaskFace;
import org.carepathway.worklist.WorkItem;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
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
   * Each answers once: what is sent again is not kept again, and what somebody else has entered on
   * another phone is.
   *
   * @return since when they are kept; empty where an ended pathway keeps nothing more
   * @throws org.carepathway.answers.AnswersRefused (422) when they break rules of the form
   */
  @Transactional
  public Optional<Instant> keep(UUID itemId, Given given) {
    WorkItem item = items.lock(itemId);
    OpenPathway open = pathways.open(item.pathwayId());
    Task task = open.record().get(Task.class, item.id().toString());
    Enquiry enquiry = Enquiry.of(open, item.form(), item.element());
    Optional<QuestionnaireResponse> before =
        mine(open, task).filter(each -> isAgain(enquiry, each, given)).findFirst();
    if (before.isPresent() || !open.pathway().isActive()) {
      return before.map(each -> each.getAuthored().toInstant());
    }
    String trigger = "besides/%s/%d".formatted(itemId, task.getOutput().size());
    records.triggeredBy(new Trigger(trigger, user.agent()));
    QuestionnaireResponse kept = submissions.submit(enquiry, trigger, given);
    open.record().write(item.element(), TaskFace.complete(task, kept.getIdElement().getIdPart()));
    drafts.forget(DraftKey.ofTask(itemId));
    Optional.of(open.content())
        .flatMap(content -> content.patientContact())
        .map(PatientContact::besides)
        .ifPresent(message -> engine.correlate(message, item.pathwayId()));
    return Optional.of(kept.getAuthored().toInstant());
  }

  /** Since when the first answers of who is signed in are kept; empty where there are none. */
  @Transactional
  public Optional<Instant> keptSince(UUID itemId) {
    WorkItem item = items.lock(itemId);
    OpenPathway open = pathways.open(item.pathwayId());
    return mine(open, open.record().get(Task.class, item.id().toString()))
        .map(each -> each.getAuthored().toInstant())
        .min(Comparator.naturalOrder());
  }

  private Stream<QuestionnaireResponse> mine(OpenPathway open, Task task) {
    String me = user.agent().reference().getReference();
    return task.getOutput().stream()
        .map(output -> ((Reference) output.getValue()).getReferenceElement().getIdPart())
        .flatMap(id -> open.record().find(QuestionnaireResponse.class, id).stream())
        .filter(each -> me.equals(each.getAuthor().getReference()));
  }

  /**
   * Read over what was kept, so that what the service knows now and did not know then makes no
   * difference.
   */
  private boolean isAgain(Enquiry enquiry, QuestionnaireResponse kept, Given given) {
    Prefilled then = new Prefilled(enquiry.form(), kept, submissions.prefilled(enquiry).context());
    return enquiry.form().toPatient().isSame(kept, given.reading().apply(then).response());
  }
}
