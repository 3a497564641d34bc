package org.carepathway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import org.carepathway.content.SentKind;
import org.carepathway.content.SentTable;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Procedure.ProcedureStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.junit.jupiter.api.Test;

/** What an EHR receives of the delivered pathway, and what it has already. */
class WhatIsSentTest {

  private final InWords words =
      new InWords(new FhirPaths(FhirContext.forR4Cached()), Locale.ENGLISH, Clock.systemUTC());

  private String kind(Resource resource) throws IOException {
    return SentTable.parse(Files.readString(Path.of("bpmn/vertebroplasty/sent.yaml")))
        .of(resource, kind -> words.holds(kind, resource))
        .map(SentKind::name)
        .orElse("nothing");
  }

  private static Observation observation(String category) {
    Observation observation = new Observation();
    observation.setStatus(ObservationStatus.FINAL);
    observation.addCategory(new CodeableConcept(new Coding("urn:x", category, null)));
    observation.setCode(new CodeableConcept(new Coding("http://loinc.org", "72514-3", null)));
    observation.setValue(new Quantity(3));
    return observation;
  }

  /** A second result of the same blood would be taken for a second test. */
  @Test
  void resultsOfTheHospitalAreNotSentBackToIt() throws IOException {
    assertThat(kind(observation("recovery"))).isEqualTo("observation");
    assertThat(kind(observation("laboratory"))).isEqualTo("nothing");
    assertThat(kind(observation("imaging"))).isEqualTo("nothing");
    Observation taken = observation("exam");
    taken.addDerivedFrom(new Reference("Observation/theirs"));
    assertThat(kind(taken)).isEqualTo("nothing");
  }

  @Test
  void theReferralItselfIsTheirsAndOrdersAreOurs() throws IOException {
    ServiceRequest request = new ServiceRequest();
    request.setStatus(ServiceRequestStatus.ACTIVE);
    assertThat(kind(request)).isEqualTo("nothing");
    request.addBasedOn(new Reference("ServiceRequest/referral"));
    assertThat(kind(request)).isEqualTo("order");
    request.setStatus(ServiceRequestStatus.DRAFT);
    assertThat(kind(request)).isEqualTo("nothing");
  }

  @Test
  void aProcedureIsSentOnceSomethingHasBecomeOfIt() throws IOException {
    Procedure procedure = new Procedure();
    procedure.setStatus(ProcedureStatus.PREPARATION);
    assertThat(kind(procedure)).isEqualTo("nothing");
    procedure.setStatus(ProcedureStatus.STOPPED);
    assertThat(kind(procedure)).isEqualTo("procedure");
    procedure.addPartOf(new Reference("Procedure/session"));
    assertThat(kind(procedure)).isEqualTo("procedure-level");
  }
}
