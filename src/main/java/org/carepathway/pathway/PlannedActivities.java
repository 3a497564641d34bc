package org.carepathway.pathway;

import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityComponent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityDetailComponent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityKind;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PlanDefinition.PlanDefinitionActionComponent;

/**
 * The persons' steps as activities of the CarePlan, and their states: nobody else changes them.
 * What every patient needs is planned from the start; what only {@code could} be needed
 * (PlanDefinition.action.requiredBehavior) is added when it is.
 */
public final class PlannedActivities {

  private PlannedActivities() {}

  static CarePlanActivityDetailComponent of(
      String pathwayKey, PlanDefinitionActionComponent action) {
    CarePlanActivityDetailComponent detail = new CarePlanActivityDetailComponent();
    detail.setKind(CarePlanActivityKind.TASK);
    detail
        .getCode()
        .setText(action.getTitle())
        .addCoding()
        .setSystem(StepCodes.system(pathwayKey))
        .setCode(action.getId())
        .setDisplay(action.getTitle());
    detail.setStatus(CarePlanActivityStatus.NOTSTARTED);
    return detail;
  }

  /** The activity of a step follows its task; one that was not planned is added. */
  public static void follow(OpenPathway open, String element, CarePlanActivityStatus status) {
    CarePlan plan = open.carePlan();
    of(plan, element)
        .findFirst()
        .orElseGet(() -> plan.addActivity().setDetail(unplanned(open, element)).getDetail())
        .setStatus(status);
    open.record().write(element, plan);
  }

  /**
   * When a step is to be done: from when, and until when at most. Whoever changes it writes the
   * plan.
   */
  public static Period window(OpenPathway open, CarePlan plan, String element) {
    CarePlanActivityDetailComponent detail =
        of(plan, element)
            .findFirst()
            .orElseGet(() -> plan.addActivity().setDetail(unplanned(open, element)).getDetail());
    if (!detail.hasScheduledPeriod()) {
      detail.setScheduled(new Period());
    }
    return detail.getScheduledPeriod();
  }

  /** Says why a step is left out or added. */
  public static void explain(CarePlan plan, String element, CodeableConcept reason) {
    of(plan, element).forEach(detail -> detail.setStatusReason(reason));
  }

  /**
   * Moves all activities of one state to another.
   *
   * @return those that were moved
   */
  public static List<CarePlanActivityDetailComponent> move(
      CarePlan plan, CarePlanActivityStatus from, CarePlanActivityStatus to) {
    List<CarePlanActivityDetailComponent> moved =
        details(plan).filter(detail -> detail.getStatus() == from).toList();
    moved.forEach(detail -> detail.setStatus(to));
    return moved;
  }

  private static Stream<CarePlanActivityDetailComponent> of(CarePlan plan, String element) {
    return details(plan)
        .filter(detail -> detail.getCode().getCodingFirstRep().getCode().equals(element));
  }

  private static Stream<CarePlanActivityDetailComponent> details(CarePlan plan) {
    return plan.getActivity().stream().map(CarePlanActivityComponent::getDetail);
  }

  private static CarePlanActivityDetailComponent unplanned(OpenPathway open, String element) {
    return open.content().activities().stream()
        .filter(action -> action.getId().equals(element))
        .map(action -> of(open.pathway().key(), action))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(element + " is no action of the plan"));
  }
}
