package org.carepathway.content;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.PlanDefinition.PlanDefinitionActionComponent;
import org.hl7.fhir.r4.model.TriggerDefinition;
import org.hl7.fhir.r4.model.TriggerDefinition.TriggerType;

/**
 * Something that can happen at any time while a patient is on the pathway: an action of the plan
 * with a trigger of the type {@code named-event}.
 *
 * @param message the BPMN message that it gives to whatever waits for it
 * @param title what people read
 * @param roles codes of the roles that may report it
 * @param form key of the form to report it with, {@code id|version}; null where nobody reports it
 * @param changes stored resources that tell it too
 * @param outcome code of the {@code pathway-outcome} with which it ends the pathway, a second code
 *     of the action; null where the pathway goes on
 */
public record PathwayEvent(
    String message,
    String title,
    Set<String> roles,
    String form,
    List<Change> changes,
    String outcome) {

  /** The message that the referral was withdrawn; every pathway awaits it. */
  public static final String REVOKED = "ReferralRevoked";

  private static final String BY_STEPS =
      "https://carepathway.org/fhir/StructureDefinition/told-by-steps";

  private static final String OUTCOMES = "https://carepathway.org/fhir/CodeSystem/pathway-outcome";

  /**
   * A resource of the patient that is stored.
   *
   * @param type of the resource
   * @param condition FHIRPath over it, {@code %resource}
   * @param bySteps whether it counts too when a step of another pathway of the patient writes it
   */
  public record Change(String type, String condition, boolean bySteps) {}

  static Optional<PathwayEvent> of(PlanDefinitionActionComponent action) {
    return action.getTrigger().stream()
        .filter(trigger -> trigger.getType() == TriggerType.NAMEDEVENT)
        .findFirst()
        .map(
            named ->
                new PathwayEvent(
                    named.getName(),
                    action.getTitle(),
                    roles(action),
                    form(action),
                    action.getTrigger().stream().flatMap(t -> change(t).stream()).toList(),
                    outcome(action)));
  }

  /** Whether the pathway ends with it. */
  public boolean ends() {
    return outcome != null;
  }

  private static String outcome(PlanDefinitionActionComponent action) {
    return action.getCode().stream()
        .flatMap(code -> code.getCoding().stream())
        .filter(coding -> OUTCOMES.equals(coding.getSystem()))
        .map(Coding::getCode)
        .findFirst()
        .orElse(null);
  }

  private static Set<String> roles(PlanDefinitionActionComponent action) {
    return action.getParticipant().stream()
        .flatMap(participant -> participant.getRole().getCoding().stream())
        .map(Coding::getCode)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** A form key is the last part of the form's canonical. */
  private static String form(PlanDefinitionActionComponent action) {
    if (!action.hasDefinitionCanonicalType()) {
      return null;
    }
    String canonical = action.getDefinitionCanonicalType().getValue();
    return canonical.substring(canonical.lastIndexOf('/') + 1);
  }

  private static Optional<Change> change(TriggerDefinition trigger) {
    return trigger.getType() == TriggerType.DATACHANGED
        ? Optional.of(
            new Change(
                trigger.getDataFirstRep().getType(),
                trigger.getCondition().getExpression(),
                trigger.hasExtension(BY_STEPS)))
        : Optional.empty();
  }
}
