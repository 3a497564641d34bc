package org.carepathway.form;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Type;

/**
 * How an item is put to a patient who answers without staff, by its extensions {@code
 * patient-wording}, {@code patient-help}, {@code patient-answer} and {@code patient-asked}.
 *
 * @param label what it says to the patient; null for the same as to staff
 * @param help explanation to the patient; null for none
 * @param answer what the service answers in the patient's place; null for nothing
 * @param asked whether it is put to patients at all
 */
record ToPatient(String label, String help, Type answer, boolean asked) {

  private static final String BASE = "https://carepathway.org/fhir/StructureDefinition/patient-";

  static ToPatient of(List<Extension> extensions) {
    return new ToPatient(
        Sdc.text(extensions, BASE + "wording"),
        Sdc.text(extensions, BASE + "help"),
        Sdc.value(extensions, BASE + "answer").orElse(null),
        !Sdc.value(extensions, BASE + "asked")
            .map(Type::primitiveValue)
            .filter("false"::equals)
            .isPresent());
  }

  ToPatient in(UnaryOperator<String> words) {
    return new ToPatient(
        label == null ? null : words.apply(label),
        help == null ? null : help.lines().map(words).collect(Collectors.joining("\n")),
        answer,
        asked);
  }

  /** Explanations are for staff unless the form has one for patients. */
  Wording wording(Wording staff) {
    return new Wording(label == null ? staff.label() : label, help, staff.placeholder());
  }
}
