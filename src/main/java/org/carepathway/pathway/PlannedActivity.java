package org.carepathway.pathway;

import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityDetailComponent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityKind;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityStatus;
import org.hl7.fhir.r4.model.PlanDefinition.PlanDefinitionActionComponent;

/**
 * A person's step as an activity of the CarePlan. What every patient needs is planned from the
 * start; what only {@code could} be needed (PlanDefinition.action.requiredBehavior) is added when
 * it is.
 */
public final class PlannedActivity {

  private PlannedActivity() {}

  public static CarePlanActivityDetailComponent of(
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
}
