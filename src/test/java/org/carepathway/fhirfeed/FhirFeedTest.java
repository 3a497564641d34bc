package org.carepathway.fhirfeed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.demo.ehr.RunningEhr;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.inbox.Inbox;
import org.carepathway.inbox.Received;
import org.carepathway.pathway.Pathways;
import org.carepathway.security.Caller;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** What an EHR says over FHIR reaches the record and the pathway. */
class FhirFeedTest extends RunningService {

  private static final String FEED = "demo-ehr";

  @Autowired private ApplicationContext context;
  @Autowired private Poller poller;
  @Autowired private Inbox inbox;
  @Autowired private Pathways pathways;
  @Autowired private JdbcTemplate jdbc;

  private final String number = "F" + UUID.randomUUID().toString().substring(0, 8);
  private FhirClient fhir;
  private RunningEhr ehr;

  @BeforeEach
  void begin() {
    fhir = new FhirClient(port());
    ehr = RunningEhr.of(context);
  }

  private static Patient patient(String number) {
    Patient patient = new Patient();
    patient.addIdentifier().setSystem(EHR_NUMBERS).setValue(number);
    patient.addName().setFamily("Feed" + number).addGiven("Frida");
    return patient;
  }

  /** A patient on a pathway whom the EHR knows as {@code e-NUMBER}. */
  private String travelling() throws Exception {
    String id = fhir.sendPatient("klein-genevie.json");
    Patient here = fhir.as("referrer").read().resource(Patient.class).withId(id).execute();
    here.addIdentifier().setSystem(EHR_NUMBERS).setValue(number);
    fhir.as("referrer").update().resource(here).execute();
    fhir.refer(id);
    Patient there = patient(number);
    there.setId("e-" + number);
    ehr.put(there);
    return id;
  }

  private Observation value(String id, String value) {
    Observation observation = new Observation();
    observation.setId(id + '-' + number);
    observation.setStatus(Observation.ObservationStatus.FINAL);
    observation.getMeta().addProfile("http://example.org/unknown-profile");
    observation.getCode().addCoding().setSystem("http://loinc.org").setCode("6301-6");
    observation.getSubject().setReference("Patient/e-" + number);
    observation.addPerformer().setReference("Practitioner/77").setDisplay("Lab");
    observation.setValue(
        new Quantity()
            .setValue(new BigDecimal(value))
            .setSystem("http://unitsofmeasure.org")
            .setCode("{INR}")
            .setUnit("{INR}"));
    return observation;
  }

  private List<String> said(String kindAndId) {
    return jdbc.queryForList(
        "select state || ': ' || coalesce(said, '') from inbox_message where source = ? and message_id like ? order by id",
        String.class,
        FEED,
        kindAndId + '-' + number + "/%");
  }

  private void settled(String kindAndId, String... states) {
    poller.wake(FEED);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              List<String> said = said(kindAndId);
              assertThat(said).hasSize(states.length);
              for (int i = 0; i < states.length; i++) {
                assertThat(said.get(i)).startsWith(states[i]);
              }
            });
  }

  private <T extends Resource> List<T> stored(Class<T> type, String query) {
    return FhirClient.resources(
        fhir.as("coordinator").search().byUrl(type.getSimpleName() + '?' + query), type);
  }

  @Test
  void whatTheEhrHasOfWhoIsOnAPathwayIsTakenOverAndCorrectionsToo() throws Exception {
    String patient = travelling();
    ehr.put(value("inr", "1.0"));
    DiagnosticReport report = new DiagnosticReport();
    report.setId("mri-" + number);
    report.setStatus(DiagnosticReport.DiagnosticReportStatus.FINAL);
    report.getCode().setText("MRI of the spine");
    report.getSubject().setReference("Patient/e-" + number);
    report.addResult().setReference("Observation/inr-" + number);
    report.setConclusion("Fracture of L1");
    ehr.put(report);
    settled("Observation/inr", "done: Taken over: Observation.");
    settled("DiagnosticReport/mri", "done: Taken over: DiagnosticReport.");

    Observation taken =
        stored(Observation.class, "patient=" + patient + "&code=6301-6").stream()
            .filter(one -> one.getMeta().getSource().contains("inr-" + number))
            .findFirst()
            .orElseThrow();
    assertThat(taken.getValueQuantity().getValue().toPlainString()).isEqualTo("1.0");
    assertThat(taken.getPerformerFirstRep().getDisplay()).isEqualTo("Lab");
    assertThat(taken.getPerformerFirstRep().getIdentifier().getValue())
        .endsWith("/fhir/Practitioner/77");
    assertThat(
            stored(DiagnosticReport.class, "patient=" + patient).stream()
                .filter(one -> "Fracture of L1".equals(one.getConclusion()))
                .findFirst()
                .orElseThrow()
                .getResultFirstRep()
                .getReference())
        .isEqualTo("Observation/" + taken.getIdElement().getIdPart());

    ehr.put(value("inr", "1.8"));
    settled("Observation/inr", "done", "done: Taken over");
    assertThat(
            fhir.as("coordinator")
                .read()
                .resource(Observation.class)
                .withId(taken.getIdElement().getIdPart())
                .execute()
                .getValueQuantity()
                .getValue())
        .isEqualByComparingTo("1.8");
    assertThat(
            jdbc.queryForList(
                "select about from audit_event where who = ? and patients @> array[?]::text[]",
                String.class,
                FEED,
                patient))
        .contains("feed " + FEED);
  }

  @Test
  void aDrugThatAnOrderPointsToIsTakenWithIt() throws Exception {
    String patient = travelling();
    Medication drug = new Medication();
    drug.setId("drug-" + number);
    drug.getCode().setText("Apixaban 5 mg");
    ehr.put(drug);
    MedicationRequest order = new MedicationRequest();
    order.setId("order-" + number);
    order.setStatus(MedicationRequest.MedicationRequestStatus.ACTIVE);
    order.setIntent(MedicationRequest.MedicationRequestIntent.ORDER);
    order.getSubject().setReference("Patient/e-" + number);
    order.setMedication(new Reference("Medication/drug-" + number));
    ehr.put(order);
    settled("MedicationRequest/order", "done: Taken over: MedicationRequest.");

    assertThat(stored(MedicationRequest.class, "patient=" + patient))
        .filteredOn(MedicationRequest::hasContained)
        .singleElement()
        .satisfies(
            one ->
                assertThat(((Medication) one.getContained().get(0)).getCode().getText())
                    .isEqualTo("Apixaban 5 mg"));
  }

  @Test
  void whatChangesTheMeaningAndIsNotKnownIsNotTaken() throws Exception {
    String patient = travelling();
    AllergyIntolerance odd = new AllergyIntolerance();
    odd.setId("odd-" + number);
    odd.getPatient().setReference("Patient/e-" + number);
    odd.getCode().setText("Latex");
    odd.addModifierExtension().setUrl("http://example.org/not").setValue(new StringType("really"));
    ehr.put(odd);
    settled("AllergyIntolerance/odd", "dead: It has modifierExtension that are not known here");
    assertThat(stored(AllergyIntolerance.class, "patient=" + patient))
        .noneMatch(one -> "Latex".equals(one.getCode().getText()));
  }

  @Test
  void ofTwoPatientsWithOneNumberNoneIsTaken() throws Exception {
    String patient = travelling();
    Patient other = patient(number);
    other.setId("x-" + number);
    ehr.put(other);
    ehr.put(value("inr", "1.0"));
    poller.wake(FEED);
    String lane = EHR_NUMBERS + '|' + number;
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(
                        jdbc.queryForList(
                            "select said from inbox_message where source = ? and lane = ? and state = 'asked'",
                            String.class,
                            FEED,
                            lane))
                    .singleElement()
                    .asString()
                    .startsWith("The EHR has several patients with this number"));
    assertThat(said("Observation/inr")).isEmpty();

    other.setActive(false);
    ehr.put(other);
    settled("Observation/inr", "done: Taken over");
    assertThat(pathways.ofPatient(patient).get(0).isActive()).isTrue();
  }

  @Test
  void whoHasAnotherIdInTheEhrIsReadFromTheBeginning() throws Exception {
    travelling();
    Observation early = value("early", "1.1");
    early.getSubject().setReference("Patient/x-" + number);
    ehr.put(early);
    Thread.sleep(1100);
    ehr.put(value("later", "1.2"));
    settled("Observation/later", "done");

    Patient former = patient(number).setActive(false);
    former.setId("e-" + number);
    ehr.put(former);
    Patient now = patient(number);
    now.setId("x-" + number);
    ehr.put(now);
    settled("Observation/early", "done: Taken over");
  }

  @Test
  void theEhrSaysWhoSomebodyIsAndTheirDeathEndsThePathway() throws Exception {
    String patient = travelling();
    settled("Patient/e", "done: Taken over: Patient.");
    assertThat(
            fhir.as("coordinator")
                .read()
                .resource(Patient.class)
                .withId(patient)
                .execute()
                .getNameFirstRep()
                .getFamily())
        .isEqualTo("Feed" + number);

    Patient died = patient(number);
    died.setId("e-" + number);
    died.setDeceased(new DateTimeType("2026-11-29T10:00:00Z"));
    ehr.put(died);
    settled("Patient/e", "done", "done: Taken over: Patient. The patient's pathway has ended.");
    assertThat(pathways.ofPatient(patient).get(0).outcome()).isEqualTo("died");
  }

  @Test
  void whatIsNoFhirIsADeadLetterAndWhoIsNotKnownIsHeld() {
    String lane = EHR_NUMBERS + "|nobody-" + number;
    for (String content :
        List.of("hello", "{\"resourceType\":\"Observation\",\"status\":\"final\"}")) {
      inbox.keep(
          new Received(
              FEED,
              "Observation/by-hand-" + number + "/" + content.length(),
              FhirHandler.FORMAT,
              "Observation",
              lane,
              null,
              null,
              content.getBytes()));
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(said("Observation/by-hand"))
                    .satisfiesExactly(
                        one -> assertThat(one).startsWith("dead: It cannot be read as FHIR R4"),
                        one -> assertThat(one).startsWith("held: ")));
  }

  @Test
  void whoConnectsSystemsSeesHowItGoes() throws Exception {
    travelling();
    settled("Patient/e", "done");
    Caller integration = new Caller(port(), "ehr").signIn();
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(integration.page("/feeds/table").body())
                    .contains("connection-" + FEED, "answers"));
    long message =
        jdbc.queryForObject(
            "select id from inbox_message where source = ? and message_id like ?",
            Long.class,
            FEED,
            "Patient/e-" + number + "/%");
    assertThat(integration.page("/feeds/messages/" + message).body())
        .contains("&quot;family&quot; : &quot;Feed" + number);
  }

  @Test
  void ourPublicKeysAreThereForEverybody() throws Exception {
    HttpResponse<String> keys =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port() + "/.well-known/jwks.json"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(keys.statusCode()).isEqualTo(200);
    assertThat(keys.body()).contains("\"kid\"", "ES384").doesNotContain("\"d\"");
  }
}
