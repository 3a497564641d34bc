package org.carepathway.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.patch.FhirPatch;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths that clients write reach the element that they mean, and no other. */
class FhirPathPatchTest {

  private static final FhirContext FHIR = FhirContext.forR4Cached();

  private static Patient patient() {
    Patient patient = new Patient();
    patient.addName().setFamily("Garcia").setUse(HumanName.NameUse.OFFICIAL).addGiven("Ana");
    patient.addName().setFamily("Lopez").setUse(HumanName.NameUse.MAIDEN).addGiven("Maria");
    return patient;
  }

  private static Patient patched(String type, String path, String value) {
    String patch =
        """
        {"resourceType":"Parameters","parameter":[{"name":"operation","part":[
          {"name":"type","valueCode":"%s"},{"name":"path","valueString":"%s"}%s]}]}"""
            .formatted(
                type,
                path,
                value == null
                    ? ""
                    : ",{\"name\":\"value\",\"valueString\":\"%s\"}".formatted(value));
    new PatchBodies(FHIR).require("application/fhir+json", patch);
    Patient patient = patient();
    new FhirPatch(FHIR).apply(patient, FHIR.newJsonParser().parseResource(Parameters.class, patch));
    return patient;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Patient.name[0].family
          Patient.name.first().family
          Patient.name.where(use = 'official').family
          Patient.name.where(family = 'Garcia').family
          """)
  void theFamilyNameIsReplaced(String path) {
    Patient patient = patched("replace", path, "Gil");
    assertThat(patient.getName()).extracting(HumanName::getFamily).containsExactly("Gil", "Lopez");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Patient.name[0].given
          Patient.name.where(use = 'official').given
          """)
  void aGivenNameIsReplaced(String path) {
    Patient patient = patched("replace", path, "Eva");
    assertThat(patient.getName().get(0).getGivenAsSingleString()).isEqualTo("Eva");
    assertThat(patient.getName().get(1).getGivenAsSingleString()).isEqualTo("Maria");
  }

  @Test
  void oneOfSeveralIsDeleted() {
    assertThat(patched("delete", "Patient.name.where(use = 'maiden')", null).getName())
        .extracting(HumanName::getFamily)
        .containsExactly("Garcia");
  }
}
