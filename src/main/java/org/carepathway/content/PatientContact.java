package org.carepathway.content;

import java.util.Optional;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.PlanDefinition;

/**
 * How patients of a pathway are written to, as its PlanDefinition says in the extension {@code
 * patient-contact}.
 *
 * @param channels FHIRPath: codes of the channels that the patient has agreed to, the preferred one
 *     first
 * @param besides the message that answers raise which come when their task is done already; null
 *     for none
 * @param trouble the message raised for a coordinator when a patient cannot be reached by messages;
 *     null for none
 * @param ladder the decision that says which message follows
 */
public record PatientContact(String channels, String besides, String trouble, String ladder) {

  private static final String URL =
      "https://carepathway.org/fhir/StructureDefinition/patient-contact";

  /** Empty for a pathway that writes to nobody. */
  static Optional<PatientContact> of(PlanDefinition plan) {
    return Optional.ofNullable(plan.getExtensionByUrl(URL))
        .map(
            extension ->
                new PatientContact(
                    ((Expression) extension.getExtensionByUrl("channels").getValue())
                        .getExpression(),
                    text(extension, "besides"),
                    text(extension, "trouble"),
                    text(extension, "ladder")));
  }

  private static String text(Extension extension, String name) {
    return Optional.ofNullable(extension.getExtensionByUrl(name))
        .map(part -> part.getValue().primitiveValue())
        .orElse(null);
  }
}
