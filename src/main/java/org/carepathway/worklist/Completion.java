package org.carepathway.worklist;

import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.carepathway.engine.PathwayEngine;
import org.carepathway.form.AnswerCheck;
import org.carepathway.form.Extraction;
import org.carepathway.form.Form;
import org.carepathway.form.FormIssue;
import org.carepathway.form.Population;
import org.carepathway.pathway.ExpressionContexts;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.record.Agent;
import org.carepathway.record.Records;
import org.carepathway.record.StableIds;
import org.carepathway.record.Trigger;
import org.carepathway.security.CurrentUser;
import org.carepathway.template.FhirPathContext;
import org.carepathway.worklist.WorkItem.Status;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityStatus;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Doing a task: its form pre-filled, checked and turned into resources, and the pathway moved on.
 */
@Component
public class Completion {

  private static final String ANSWERS_PROFILE =
      "https://carepathway.org/fhir/StructureDefinition/pathway-answers";

  private final Worklist worklist;
  private final WorkItems items;
  private final Pathways pathways;
  private final ExpressionContexts contexts;
  private final Forms forms;
  private final Population population;
  private final AnswerCheck check;
  private final Extraction extraction;
  private final Records records;
  private final PathwayEngine engine;
  private final CurrentUser user;
  private final Clock clock;

  Completion(
      Worklist worklist,
      WorkItems items,
      Pathways pathways,
      ExpressionContexts contexts,
      Forms forms,
      Population population,
      AnswerCheck check,
      Extraction extraction,
      Records records,
      PathwayEngine engine,
      CurrentUser user,
      Clock clock) {
    this.worklist = worklist;
    this.items = items;
    this.pathways = pathways;
    this.contexts = contexts;
    this.forms = forms;
    this.population = population;
    this.check = check;
    this.extraction = extraction;
    this.records = records;
    this.engine = engine;
    this.user = user;
    this.clock = clock;
  }

  /** The form of an item. */
  public Form form(WorkItem item) {
    return forms.of(view(item).content(), item.form());
  }

  /** The item's form, pre-filled with what is known. */
  @Transactional(readOnly = true)
  public QuestionnaireResponse populate(UUID itemId) {
    WorkItem item = worklist.find(itemId);
    OpenPathway open = view(item);
    Form form = forms.of(open.content(), item.form());
    return population.populate(form, context(open, form, item));
  }

  /**
   * Completes an item: answers, extracted resources, the engine's next steps and the worklist
   * change in one transaction.
   *
   * @throws AnswersRefused (422) when the answers break rules of the form; other errors as for
   *     {@link Worklist#claim}
   */
  @Transactional
  public WorkItem complete(
      UUID itemId, QuestionnaireResponse answers, OptionalInt expectedVersion) {
    WorkItem item = worklist.lockForMe(itemId, expectedVersion);
    Agent me = user.agent();
    records.triggeredBy(new Trigger(item.engineTaskId(), me));
    OpenPathway open = pathways.open(item.pathwayId());
    Form form = forms.of(open.content(), item.form());
    FhirPathContext context = population.variables(form, context(open, form, item));
    refuseFaults(check.check(form, answers, population.populate(form, context), context));
    QuestionnaireResponse kept = keep(answers, form, item, open, me);
    open.record().write(item.element(), kept);
    extraction
        .extract(form, kept, context, (template, n) -> id(item, template, n))
        .forEach(extracted -> open.record().write(item.element(), extracted.resource()));
    WorkItem done = item.ended(Status.COMPLETED, me.name(), clock.instant());
    items.update(done);
    Task task =
        TaskFace.update(
            open.record().get(Task.class, item.id().toString()), done, me, clock.instant());
    open.record().write(item.element(), TaskFace.complete(task, kept.getIdElement().getIdPart()));
    Projection.activity(open, item, CarePlanActivityStatus.COMPLETED);
    engine.complete(item.engineTaskId());
    return done;
  }

  private static void refuseFaults(List<FormIssue> issues) {
    if (issues.stream().anyMatch(FormIssue::isError)) {
      throw new AnswersRefused(issues);
    }
  }

  private QuestionnaireResponse keep(
      QuestionnaireResponse answers, Form form, WorkItem item, OpenPathway open, Agent me) {
    QuestionnaireResponse kept = answers.copy();
    kept.setId(id(item, "QuestionnaireResponse", 0));
    kept.getMeta().getProfile().clear();
    kept.getMeta().addProfile(ANSWERS_PROFILE);
    kept.setQuestionnaire(form.canonical());
    kept.setStatus(QuestionnaireResponseStatus.COMPLETED);
    kept.setSubject(new Reference("Patient/" + item.patientId()));
    kept.getBasedOn().clear();
    kept.addBasedOn(new Reference("CarePlan/" + open.pathway().carePlanId()));
    kept.setAuthored(Date.from(clock.instant()));
    kept.setAuthor(me.reference());
    return kept;
  }

  private static String id(WorkItem item, String template, int repetition) {
    return StableIds.of(item.engineTaskId(), item.element(), template, repetition).toString();
  }

  private FhirPathContext context(OpenPathway open, Form form, WorkItem item) {
    return contexts.of(open, form.variables(), form.recordTypes(), item.element(), user.agent());
  }

  private OpenPathway view(WorkItem item) {
    return pathways
        .view(item.pathwayId())
        .orElseThrow(() -> new IllegalStateException("no pathway " + item.pathwayId()));
  }
}
