package org.carepathway.fhirfeed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.fhir.context.FhirContext;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathways;
import org.carepathway.security.Caller;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.UriType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who is one person is said by IHE ITI-93 as by A40 of HL7 v2. */
class IdentityFeedTest extends RunningService {

  private static final String SYSTEM = "urn:test:identity";

  @Autowired private Pathways pathways;
  @Autowired private JdbcTemplate jdbc;

  private final String number = "I" + UUID.randomUUID().toString().substring(0, 8);
  private FhirClient fhir;

  @BeforeEach
  void begin() {
    fhir = new FhirClient(port());
  }

  private String travelling(String value) throws Exception {
    String id = fhir.sendPatient("klein-genevie.json");
    Patient here = fhir.as("referrer").read().resource(Patient.class).withId(id).execute();
    here.addIdentifier().setSystem(SYSTEM).setValue(value);
    fhir.as("referrer").update().resource(here).execute();
    fhir.refer(id);
    return id;
  }

  private static Patient patient(String id, String value) {
    Patient patient = new Patient().setActive(true);
    patient.setId(id);
    patient.addIdentifier().setSystem(SYSTEM).setValue(value);
    return patient;
  }

  private static Patient replaced(String id, String value, String by) {
    Patient gone = patient(id, value).setActive(false);
    gone.addLink().setType(LinkType.REPLACEDBY).getOther().setReference(by);
    return gone;
  }

  private static Bundle message(String id, Patient... patients) {
    MessageHeader header = new MessageHeader();
    header.setId(id);
    header
        .getMeta()
        .addProfile("https://profiles.ihe.net/ITI/PMIR/StructureDefinition/IHE.PMIR.MessageHeader");
    header.setEvent(new UriType(IdentityFeed.EVENT));
    header.getSource().setEndpoint("http://registry.example.org");
    Bundle history = new Bundle().setType(Bundle.BundleType.HISTORY);
    for (Patient patient : patients) {
      history
          .addEntry()
          .setFullUrl(
              "http://registry.example.org/fhir/Patient/" + patient.getIdElement().getIdPart())
          .setResource(patient)
          .setRequest(
              new Bundle.BundleEntryRequestComponent()
                  .setMethod(HTTPVerb.PUT)
                  .setUrl("Patient/" + patient.getIdElement().getIdPart()))
          .setResponse(new Bundle.BundleEntryResponseComponent().setStatus("200"));
    }
    Bundle message = new Bundle().setType(Bundle.BundleType.MESSAGE);
    message
        .getMeta()
        .addProfile("https://profiles.ihe.net/ITI/PMIR/StructureDefinition/IHE.PMIR.Bundle");
    message.addEntry().setFullUrl("urn:uuid:" + UUID.randomUUID()).setResource(header);
    message.addEntry().setFullUrl("urn:uuid:" + UUID.randomUUID()).setResource(history);
    return message;
  }

  private HttpResponse<String> post(String user, Bundle message) throws Exception {
    return new Caller(port(), user)
        .fhir(
            "POST",
            "$process-message",
            FhirContext.forR4Cached().newJsonParser().encodeResourceToString(message));
  }

  private void settled(String state) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(
                        jdbc.queryForList(
                            "select state || ': ' || coalesce(said, '') from inbox_message where source = 'iti-93' and message_id like ?",
                            String.class,
                            number + "%"))
                    .singleElement()
                    .asString()
                    .startsWith(state));
  }

  @Test
  void aMergeKeepsThePathwayUnderTheNumberThatSurvives() throws Exception {
    String id = travelling(number);
    Bundle message =
        message(number, replaced("g", number, "Patient/s"), patient("s", "S" + number));
    HttpResponse<String> answer = post("ehr", message);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("MessageHeader", "\"code\":\"ok\"", number);
    settled("done: The number was added to the patient who is known here.");

    Patient now = fhir.as("coordinator").read().resource(Patient.class).withId(id).execute();
    assertThat(now.getIdentifier())
        .filteredOn(one -> SYSTEM.equals(one.getSystem()))
        .extracting(one -> one.getValue() + ' ' + one.getUse())
        .contains(number + " OLD", "S" + number + " null");
    assertThat(pathways.ofPatient(id).get(0).isActive()).isTrue();
    assertThat(
            jdbc.queryForList(
                "select who from audit_event where patients @> array[?]::text[] and about = 'feed iti-93'",
                String.class,
                id))
        .contains("iti-93");

    HttpResponse<String> undone = post("ehr", message("U" + number, patient("g", number)));
    assertThat(undone.statusCode()).isEqualTo(405);
    assertThat(undone.body()).contains("OperationOutcome", "A person must do it");
    assertThat(post("ehr", message).statusCode()).as("the same again").isEqualTo(200);
    settled("done");
  }

  @Test
  void whereBothAreOnAPathwayAPersonDecides() throws Exception {
    String one = travelling(number);
    String other = travelling("T" + number);
    assertThat(post("ehr", message(number, replaced("g", number, "Patient/" + other))).statusCode())
        .isEqualTo(200);
    settled("asked: Both patients are on a pathway.");
    assertThat(pathways.ofPatient(one).get(0).isActive()).isTrue();
    assertThat(pathways.ofPatient(other).get(0).isActive()).isTrue();
  }

  @Test
  void whatCannotBeUnderstoodIsRefusedAndNothingKept() throws Exception {
    HttpResponse<String> nobody =
        post("ehr", message(number, replaced("g", number, "Patient/nobody")));
    assertThat(nobody.statusCode()).isEqualTo(422);
    assertThat(nobody.body()).contains("Patient.link.other", "Who survives cannot be known");
    Bundle other = message(number, patient("a", number));
    ((MessageHeader) other.getEntryFirstRep().getResource()).setEvent(new UriType("urn:other"));
    assertThat(post("ehr", other).statusCode()).isEqualTo(400);
    assertThat(post("ehr", new Bundle().setType(Bundle.BundleType.MESSAGE)).statusCode())
        .isEqualTo(400);
    for (String body :
        List.of(
            "{\"resourceType\":\"Parameters\"}", "{\"resourceType\":\"Patient\"}", "hello", "")) {
      assertThat(new Caller(port(), "ehr").fhir("POST", "$process-message", body).statusCode())
          .as(body)
          .isEqualTo(400);
    }
    assertThat(post("coordinator", message(number, patient("a", number))).statusCode())
        .isEqualTo(403);
    assertThat(
            jdbc.queryForObject(
                "select count(*) from inbox_message where source = 'iti-93' and lane like ?",
                Long.class,
                "%" + number))
        .isZero();
  }

  @Test
  void aNumberIsTheMedicalRecordNumberWhereThereIsOne() {
    Patient patient = patient("a", "first");
    Identifier second = patient.addIdentifier().setSystem(SYSTEM).setValue("second");
    assertThat(IdentityFeed.number(patient).orElseThrow().getValue()).isEqualTo("first");
    second.getType().addCoding().setCode("MR");
    assertThat(IdentityFeed.number(patient).orElseThrow().getValue()).isEqualTo("second");
    assertThat(List.of(IdentityFeed.of(new Bundle()))).allMatch(Optional::isEmpty);
  }
}
