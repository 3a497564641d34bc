package org.carepathway.fhirfeed;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import org.carepathway.incoming.SentRecord;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TakenBackTest {

  static List<String> types() {
    return SentRecord.types();
  }

  /** Of each type that is taken from an EHR: else it would go on counting, or look taken back. */
  @ParameterizedTest
  @MethodSource("types")
  void eachTypeCanBeTakenBack(String type) {
    Resource resource = (Resource) ResourceFactory.createResource(type);
    if (List.of("AllergyIntolerance", "Condition").contains(type)) {
      resource.setProperty("clinicalStatus", new CodeableConcept(new Coding(null, "active", null)));
    } else {
      resource.setProperty("status", new CodeType(status(type)));
    }
    assertThat(TakenBack.is(resource)).isFalse();

    Resource back = TakenBack.of(resource);

    assertThat(TakenBack.is(back)).isTrue();
    assertThat(FhirContext.forR4Cached().newJsonParser().encodeResourceToString(back))
        .contains("\"entered-in-error\"")
        .doesNotContain("active", "\"" + status(type) + "\"");
    assertThat(TakenBack.is(resource)).as("the one that was given stays").isFalse();
  }

  private static String status(String type) {
    return switch (type) {
      case "Appointment" -> "booked";
      case "DiagnosticReport", "Observation" -> "final";
      case "DocumentReference" -> "current";
      case "Encounter" -> "in-progress";
      case "ImagingStudy" -> "available";
      case "Procedure" -> "completed";
      default -> "active";
    };
  }

  /** With a display, and other things that we would not have written. */
  @Test
  void whatTheEhrItselfSaysIsTakenBackIsSo() {
    AllergyIntolerance allergy = new AllergyIntolerance();
    allergy.setVerificationStatus(
        new CodeableConcept(new Coding("urn:x", "entered-in-error", "Entered in Error"))
            .setText("A mistake"));
    assertThat(TakenBack.is(allergy)).isTrue();
  }
}
