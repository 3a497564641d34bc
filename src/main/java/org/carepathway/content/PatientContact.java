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
 * @param ladder the decision that says which message follows
 * @param reminderChannels FHIRPath: codes of the channels by which the patient is reminded of
 *     appointments; null where nobody is
 * @param reminders FHIRPath: how long before an appointment, as time limits; null where nobody is
 * @param hours FHIRPath: the hours in which the patient wants to hear from the hospital, such as
 *     {@code 09:00-12:00}; null where nobody is asked
 */
public record PatientContact(
    String channels,
    String besides,
    String ladder,
    String reminderChannels,
    String reminders,
    String hours) {

  private static final String URL =
      "https://carepathway.org/fhir/StructureDefinition/patient-contact";

  /** Empty for a pathway that writes to nobody. */
  static Optional<PatientContact> of(PlanDefinition plan) {
    return Optional.ofNullable(plan.getExtensionByUrl(URL))
        .map(
            extension ->
                new PatientContact(
                    expression(extension, "channels"),
                    text(extension, "besides"),
                    text(extension, "ladder"),
                    expression(extension, "reminder-channels"),
                    expression(extension, "reminders"),
                    expression(extension, "hours")));
  }

  /** Whether patients are reminded of their appointments. */
  public boolean reminds() {
    return reminderChannels != null && reminders != null;
  }

  private static String expression(Extension extension, String name) {
    return Optional.ofNullable(extension.getExtensionByUrl(name))
        .map(part -> ((Expression) part.getValue()).getExpression())
        .orElse(null);
  }

  private static String text(Extension extension, String name) {
    return Optional.ofNullable(extension.getExtensionByUrl(name))
        .map(part -> part.getValue().primitiveValue())
        .orElse(null);
  }
}
