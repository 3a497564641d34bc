package org.carepathway.content;

import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.PlanDefinition.PlanDefinitionActionComponent;

/**
 * A step that people may add to the plan of a patient, also to have one done again: an action of
 * the plan of the type {@code create} with a trigger of the type {@code named-event}.
 *
 * @param element id of the user task that it adds
 * @param message the BPMN message that adds it
 * @param title what is to be done
 * @param conditions FHIRPath over the pathway's record; all must hold
 */
public record AddedStep(String element, String message, String title, List<String> conditions) {

  private static final String CREATE = "create";

  static boolean isOne(PlanDefinitionActionComponent action) {
    return CREATE.equals(action.getType().getCodingFirstRep().getCode());
  }

  static Optional<AddedStep> of(PlanDefinitionActionComponent action) {
    return isOne(action)
        ? Optional.of(
            new AddedStep(
                action.getId(),
                action.getTriggerFirstRep().getName(),
                action.getTitle(),
                action.getCondition().stream()
                    .map(condition -> condition.getExpression())
                    .map(Expression::getExpression)
                    .toList()))
        : Optional.empty();
  }
}
