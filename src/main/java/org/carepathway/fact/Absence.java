package org.carepathway.fact;

import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Resource;

/**
 * An AllergyIntolerance that says that there is none, or that nobody knows: R4 has no other place
 * for it. The codes are the two of SNOMED CT that R4 itself uses, in the value set of
 * AllergyIntolerance.code and in the example {@code nkda}, and those of the International Patient
 * Summary. Any other is shown by its name, as an allergy is.
 */
final class Absence {

  private static final Map<String, Set<String>> CODES =
      Map.of(
          "http://snomed.info/sct",
          Set.of("716186003", "409137002"),
          "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips",
          Set.of(
              "no-allergy-info",
              "no-known-allergies",
              "no-known-medication-allergies",
              "no-known-food-allergies",
              "no-known-environmental-allergies"));

  private Absence() {}

  static boolean isStated(Resource resource) {
    return resource instanceof AllergyIntolerance allergy
        && allergy.getCode().getCoding().stream().anyMatch(Absence::isAbsence);
  }

  private static boolean isAbsence(Coding coding) {
    return coding.hasCode()
        && CODES
            .getOrDefault(String.valueOf(coding.getSystem()), Set.of())
            .contains(coding.getCode());
  }
}
