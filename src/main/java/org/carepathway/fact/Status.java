package org.carepathway.fact;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;

/** What the status of a resource says of the fact in it. */
final class Status {

  private static final Set<String> WRONG = Set.of("entered-in-error", "refuted");

  private static final Set<String> CALLED_OFF =
      Set.of("on-hold", "cancelled", "revoked", "stopped", "ended", "completed");

  /** By type, the status of what is not, not yet or no longer so, or is only thought of. */
  private static final Map<String, Set<String>> NOT_CURRENT =
      Map.of(
          "Observation", Set.of("registered", "cancelled", "unknown"),
          "DiagnosticReport", Set.of("registered", "cancelled", "unknown"),
          "MedicationStatement", Set.of("completed", "stopped", "not-taken"),
          "MedicationRequest",
              Set.of("draft", "cancelled", "completed", "stopped", "proposal", "option"),
          "MedicationAdministration", Set.of("not-done"),
          "Procedure", Set.of("preparation", "not-done"),
          "Immunization", Set.of("not-done"),
          "Flag", Set.of("inactive"),
          "AllergyIntolerance", Set.of("inactive", "resolved"));

  private Status() {}

  /** Not entered in error, not refuted, and not the order to leave something undone. */
  static boolean isRight(Resource resource) {
    return Stream.of("status", "verificationStatus")
            .flatMap(name -> codes(resource, name))
            .noneMatch(WRONG::contains)
        && codes(resource, "doNotPerform").noneMatch("true"::equals);
  }

  /** An order that was paused, called off or carried out. */
  static boolean isCalledOff(Resource order) {
    return codes(order, "status").anyMatch(CALLED_OFF::contains);
  }

  static boolean isCurrent(Resource resource) {
    Set<String> past = NOT_CURRENT.getOrDefault(resource.fhirType(), Set.of());
    return Stream.of("status", "clinicalStatus", "intent")
        .flatMap(name -> codes(resource, name))
        .noneMatch(past::contains);
  }

  private static Stream<String> codes(Resource resource, String name) {
    Property property = resource.getNamedProperty(name);
    List<Base> values = property == null ? List.of() : property.getValues();
    return values.stream().flatMap(Status::codes);
  }

  private static Stream<String> codes(Base value) {
    return value instanceof CodeableConcept concept
        ? concept.getCoding().stream().map(coding -> coding.getCode())
        : Stream.ofNullable(value.primitiveValue());
  }
}
