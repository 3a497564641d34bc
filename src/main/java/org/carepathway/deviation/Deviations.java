package org.carepathway.deviation;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.carepathway.engine.Deviation;
import org.carepathway.pathway.Holds;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.pathway.PlannedActivities;
import org.carepathway.record.Agent;
import org.carepathway.record.Records;
import org.carepathway.record.Trigger;
import org.carepathway.security.CurrentUser;
import org.carepathway.security.OnBehalf;
import org.carepathway.security.PatientScope;
import org.carepathway.worklist.OpenItems;
import org.carepathway.worklist.WorkItem;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * People depart from the plan: leave a step out, or what else the CarePlan is to explain. Each
 * needs a coded reason, which the CarePlan keeps; Provenance says who it was.
 */
@Component
public class Deviations {

  /** Codes of CodeSystem {@code deviation-reason}. */
  public static final List<String> REASONS =
      List.of("patient-wish", "clinical", "done-elsewhere", "capacity", "other");

  private static final String REASON_SYSTEM =
      "https://carepathway.org/fhir/CodeSystem/deviation-reason";

  private final Pathways pathways;
  private final OpenItems items;
  private final Holds holds;
  private final Deviation engine;
  private final Records records;
  private final CurrentUser user;
  private final OnBehalf behalf;
  private final Clock clock;

  Deviations(
      Pathways pathways,
      OpenItems items,
      Holds holds,
      Deviation engine,
      Records records,
      CurrentUser user,
      OnBehalf behalf,
      Clock clock) {
    this.pathways = pathways;
    this.items = items;
    this.holds = holds;
    this.engine = engine;
    this.records = records;
    this.user = user;
    this.behalf = behalf;
    this.clock = clock;
  }

  /** Whether who is signed in may depart from the plan. */
  public boolean mayDeviate() {
    return user.mayAct("deviate");
  }

  public boolean canSkip(WorkItem item) {
    return mayDeviate() && item.isOpen() && engine.canSkip(item.engineTaskId());
  }

  /**
   * Leaves a task out and goes on with what the content says comes instead; a step for which the
   * content says nothing, such as consent, cannot be left out (409).
   */
  @Transactional
  public void skip(UUID itemId, String reason, String note) {
    check(reason);
    WorkItem item = items.lock(itemId);
    OpenPathway open = open(item.pathwayId(), "skip/" + item.id());
    holds.refuse(item.pathwayId(), item.priority());
    if (!item.isOpen()) {
      throw new ResourceVersionConflictException(
          "'%s' is closed already; nothing was changed.".formatted(item.title()));
    }
    engine.skip(item.engineTaskId());
    explain(open, item.element(), reason, note);
  }

  /** Keeps in the CarePlan why a step is left out or added. */
  void explain(OpenPathway open, String element, String reason, String note) {
    CarePlan plan = open.carePlan();
    PlannedActivities.explain(plan, element, reason(reason));
    note(plan, note, user.agent());
    open.record().write(element, plan);
  }

  /**
   * Opens a pathway to depart from its plan.
   *
   * @throws ForbiddenOperationException (403) for other roles
   * @throws ResourceVersionConflictException (409) when it has ended
   */
  OpenPathway open(UUID pathwayId, String what) {
    if (!mayDeviate()) {
      throw new ForbiddenOperationException("Your role may not depart from the plan.");
    }
    String patientId =
        pathways.view(pathwayId).orElseThrow(PatientScope::nothingHere).pathway().patientId();
    records.triggeredBy(
        new Trigger(
            "%s/%s/%s".formatted(pathwayId, what, clock.instant().toEpochMilli()),
            behalf.agent(patientId)));
    OpenPathway open = pathways.open(pathwayId);
    if (!open.pathway().isActive()) {
      throw new ResourceVersionConflictException("The pathway has ended; nothing was changed.");
    }
    return open;
  }

  void note(CarePlan plan, String note, Agent me) {
    if (!note.isBlank()) {
      plan.addNote(
          new Annotation()
              .setText(note)
              .setTime(Date.from(clock.instant()))
              .setAuthor(me.reference()));
    }
  }

  static void check(String reason) {
    if (!REASONS.contains(reason)) {
      throw new InvalidRequestException("Choose a reason.");
    }
  }

  static CodeableConcept reason(String code) {
    return new CodeableConcept(new Coding(REASON_SYSTEM, code, null));
  }
}
