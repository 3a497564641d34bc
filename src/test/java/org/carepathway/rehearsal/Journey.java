package org.carepathway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAmount;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Supplier;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutorContext;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.carepathway.answers.Given;
import org.carepathway.booking.Moving;
import org.carepathway.content.PathwayContent;
import org.carepathway.fhir.Sender;
import org.carepathway.invariant.Moment;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathway;
import org.carepathway.record.Agent;
import org.carepathway.scenario.Scenario.Add;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.Scenario.Report;
import org.carepathway.security.ActAs;
import org.carepathway.security.Role;
import org.carepathway.template.FhirPathContext;
import org.carepathway.worklist.WorkItem;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;

/** One patient's way through a pathway, on this thread. */
final class Journey {

  private final Rehearsal stage;
  private final String patientId;
  private UUID pathwayId;

  /**
   * Stores a patient and the referral, which starts the pathway.
   *
   * @param patient a transaction with the Patient first
   */
  Journey(Rehearsal stage, Instant begin, Bundle patient, ServiceRequest referral) {
    this.stage = stage;
    stage.store.clear();
    stage.flows.forget();
    Worlds.begin(stage.jdbc);
    stage.clock.begin(begin);
    this.patientId = new IdType(patient.getEntryFirstRep().getRequest().getUrl()).getIdPart();
    stage.transaction.executeWithoutResult(status -> stage.store.transaction(patient));
    this.pathwayId = start(referral);
    settle();
  }

  /** A second referral of the patient; the journey is the new pathway's from here on. */
  void referAgain(ServiceRequest referral) {
    pathwayId = start(referral);
    settle();
  }

  /** The journey is that of the patient's open pathway from here on. */
  void follow(boolean newest) {
    List<Pathway> all = stage.pathways.ofPatient(patientId);
    pathwayId =
        newest
            ? all.stream().filter(Pathway::isActive).map(Pathway::id).findFirst().orElseThrow()
            : all.get(all.size() - 1).id();
  }

  /** The EHR stores something about the patient; what has an id is changed by a second one. */
  void store(Resource resource) {
    resource.getMeta().setLastUpdated(Date.from(stage.clock.instant()));
    stage.transaction.executeWithoutResult(
        status -> {
          stage.store.receive(Sender.feed("EHR"), resource);
          stage.store.takeWritten();
        });
    stage.replan.look();
    stage.clock.tick();
  }

  /** The way back to the pathway that the journey is now. */
  Runnable bookmark() {
    UUID now = pathwayId;
    return () -> pathwayId = now;
  }

  Patient patient() {
    return view().patient();
  }

  private UUID start(ServiceRequest referral) {
    referral.getSubject().setReference("Patient/" + patientId);
    return as(
        Role.REFERRER,
        () -> {
          IdType id =
              (IdType) stage.transaction.execute(status -> stage.store.create(referral)).getId();
          return stage.pathways.ofReferral(id.getIdPart()).map(Pathway::id).orElseThrow();
        });
  }

  UUID pathwayId() {
    return pathwayId;
  }

  /** The pathway's row as it is now. */
  Pathway pathway() {
    return stage.pathways.find(pathwayId).orElseThrow();
  }

  OpenPathway view() {
    return stage.pathways.view(pathwayId).orElseThrow();
  }

  PathwayContent content() {
    Pathway pathway = pathway();
    return stage.catalogue.content(pathway.key(), pathway.version());
  }

  List<Resource> record() {
    return view().record().all();
  }

  /** What the invariants look at; nobody changes it later. */
  Moment moment() {
    OpenPathway now = view();
    return new Moment(
        stage.clock.instant(),
        now.record().all(),
        stage.store.all(),
        now.pathway().isActive(),
        now.pathway().outcome(),
        nextTimer(),
        now.content().policy().feel());
  }

  ZonedDateTime now() {
    return ZonedDateTime.now(stage.clock);
  }

  /** Open tasks, by name. */
  List<WorkItem> open() {
    return stage.worklist.ofPathway(pathwayId).stream()
        .filter(WorkItem::isOpen)
        .sorted(Comparator.comparing(WorkItem::element))
        .toList();
  }

  /** Completes an open task as somebody of its role. */
  void answer(Answer step) {
    WorkItem item =
        open().stream()
            .filter(some -> some.element().equals(step.task()))
            .findFirst()
            .orElseThrow(
                () ->
                    new AssertionError(
                        "the pathway does not wait for %s but for %s"
                            .formatted(
                                step.task(), open().stream().map(WorkItem::element).toList())));
    answer(
        item,
        stage.sheets.fill(content().questionnaire(item.form()), populate(item), step.answers()),
        step.confirm());
  }

  /** The form of an item, pre-filled for somebody of its role. */
  QuestionnaireResponse populate(WorkItem item) {
    return as(role(item), () -> stage.completion.first(item.id()).answers());
  }

  void answer(WorkItem item, QuestionnaireResponse answers, boolean confirm) {
    as(
        role(item),
        () ->
            stage.completion.complete(item.id(), Given.of(answers, confirm), OptionalInt.empty()));
    settle();
  }

  /** Reports what can happen at any time. */
  void report(Report step) {
    Role role = Role.ofCode(step.as()).orElseThrow();
    Questionnaire form =
        content()
            .questionnaire(as(role, () -> stage.reports.event(pathwayId, step.event())).form());
    report(
        role,
        step.event(),
        stage.sheets.fill(form, populate(role, step.event()), step.answers()),
        step.confirm());
  }

  /** The form of an event, pre-filled. */
  QuestionnaireResponse populate(Role role, String event) {
    return as(role, () -> stage.reports.first(pathwayId, event).answers());
  }

  void report(Role role, String event, QuestionnaireResponse answers, boolean confirm) {
    as(
        role,
        () ->
            stage.reports.report(
                pathwayId, event, answers.getIdentifier(), Given.of(answers, confirm)));
    settle();
  }

  /** Moves the booking, as somebody of a role. */
  boolean move(Role role, Moving moving, QuestionnaireResponse answers) {
    boolean booked = as(role, () -> stage.moves.move(pathwayId, moving, Given.of(answers, true)));
    settle();
    return booked;
  }

  /** Adds a step to the plan. */
  void add(Add step) {
    as(
        Role.ofCode(step.as()).orElseThrow(),
        () -> {
          stage.added.add(pathwayId, step.task(), "clinical", "");
          return null;
        });
    settle();
  }

  void revoke() {
    as(
        Role.REFERRER,
        () ->
            stage.transaction.execute(
                status -> {
                  ServiceRequest referral =
                      stage.store.read(
                          ServiceRequest.class,
                          new IdType("ServiceRequest", pathway().referralId()));
                  return stage.store.update(referral.setStatus(ServiceRequestStatus.REVOKED));
                }));
    settle();
  }

  /** Time passes; each timer fires at its time, and who waited long becomes more urgent. */
  void pass(TemporalAmount time) {
    Instant end = now().plus(time).toInstant();
    fireUntil(end);
    stage.clock.moveTo(end);
    hasten();
  }

  /** This patient's tasks only: another one's record and clock are those of another thread. */
  private void hasten() {
    stage
        .jdbc
        .queryForList(
            """
            select id from work_item
            where pathway_id in (select id from pathway where patient_id = ?)
            and status in ('ready', 'in-progress') and hasten_at <= ?\
            """,
            UUID.class,
            patientId,
            Timestamp.from(stage.clock.instant()))
        .forEach(id -> stage.transaction.execute(status -> stage.hastening.hasten(id)));
  }

  /** Whether a condition holds over the record. */
  boolean holds(String condition) {
    FhirPathContext context =
        stage.contexts.ofAll(view(), List.of(condition), "Test", Agent.SERVICE);
    return stage.paths.test(null, condition, context);
  }

  /** The one value of an expression over the record. */
  String value(String expression) {
    FhirPathContext context =
        stage.contexts.ofAll(view(), List.of(expression), "Test", Agent.SERVICE);
    List<Base> values = stage.paths.evaluate(null, expression, context);
    assertThat(values).as(expression).hasSize(1);
    return values.get(0).primitiveValue();
  }

  /** When the next timer is due; null when none is set. */
  Instant nextTimer() {
    DueJob job = next();
    return job == null ? null : job.due();
  }

  /** Takes what is left of the patient's pathways out of the engine. */
  void end() {
    stage.pathways.ofPatient(patientId).stream()
        .flatMap(pathway -> instances(pathway.id()).stream())
        .forEach(
            id ->
                stage
                    .engine
                    .getRuntimeService()
                    .deleteProcessInstanceIfExists(
                        id, "the rehearsal ends", true, true, true, false));
  }

  /** What is due now happens, and a second passes. */
  private void settle() {
    fireUntil(stage.clock.instant());
    stage.clock.tick();
  }

  private void fireUntil(Instant end) {
    for (DueJob job = next(); job != null && !job.due().isAfter(end); job = next()) {
      stage.clock.moveTo(job.due());
      Context.setJobExecutorContext(new JobExecutorContext());
      try {
        stage.engine.getManagementService().executeJob(job.id());
      } finally {
        Context.removeJobExecutorContext();
      }
    }
  }

  /** The job of this patient that is due first, of all their pathways. */
  private DueJob next() {
    return stage
        .jdbc
        .query(
            """
            select id_, duedate_ from act_ru_job
            where process_instance_id_ in (
              select proc_inst_id_ from act_ru_execution
              where business_key_ in (select id::text from pathway where patient_id = ?))
            order by duedate_ nulls first limit 1\
            """,
            (row, number) -> new DueJob(row.getString(1), row.getTimestamp(2)),
            patientId)
        .stream()
        .findFirst()
        .orElse(null);
  }

  /**
   * @param date null where it is due at once
   */
  private record DueJob(String id, Timestamp date) {

    Instant due() {
      return date == null ? Instant.EPOCH : date.toInstant();
    }
  }

  private List<String> instances(UUID id) {
    return stage
        .engine
        .getRuntimeService()
        .createProcessInstanceQuery()
        .processInstanceBusinessKey(id.toString())
        .list()
        .stream()
        .map(ProcessInstance::getId)
        .toList();
  }

  private static Role role(WorkItem item) {
    return Role.ofCode(item.role()).orElseThrow();
  }

  static <T> T as(Role role, Supplier<T> action) {
    return ActAs.role(role, role.code(), role.code(), action);
  }

  static Patient patient(Bundle bundle) {
    return (Patient) bundle.getEntryFirstRep().getResource();
  }
}
