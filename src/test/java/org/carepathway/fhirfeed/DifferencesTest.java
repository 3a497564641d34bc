package org.carepathway.fhirfeed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.demo.ehr.RunningEhr;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.incoming.SentRecord;
import org.carepathway.security.Caller;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What an EHR says of who a patient is, and of allergies, drugs and appointments, against what is
 * here; and what one click makes of it.
 */
class DifferencesTest extends RunningService {

  private static final String FEED = "demo-ehr";
  private static final Duration SOON = Duration.ofSeconds(60);

  @Autowired private ApplicationContext context;
  @Autowired private Poller poller;
  @Autowired private Differences differences;
  @Autowired private SentRecord record;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private TransactionTemplate transaction;

  private final String number = "D" + UUID.randomUUID().toString().substring(0, 8);
  private FhirClient fhir;
  private RunningEhr ehr;
  private Caller integrator;
  private String patient;

  @BeforeEach
  void begin() throws Exception {
    fhir = new FhirClient(port());
    ehr = RunningEhr.of(context);
    integrator = new Caller(port(), "ehr").signIn();
    patient = fhir.sendPatient("klein-genevie.json");
    Patient here = fhir.as("referrer").read().resource(Patient.class).withId(patient).execute();
    here.addIdentifier().setSystem(EHR_NUMBERS).setValue(number);
    fhir.as("referrer").update().resource(here).execute();
    fhir.refer(patient);
    ehr.put(who("1948-12-03"));
    ehr.put(allergy("latex", "Latex"));
    ehr.put(order("apixaban", MedicationRequestStatus.ACTIVE));
    ehr.put(visit("visit", AppointmentStatus.BOOKED));
    poller.wake(FEED);
    await().atMost(SOON).untilAsserted(() -> assertThat(taken("%")).hasSizeGreaterThanOrEqualTo(4));
    assertThat(compared()).as("what was taken over is the same").isEmpty();
  }

  private Patient who(String born) {
    Patient there = new Patient();
    there.setId("e-" + number);
    there.addIdentifier().setSystem(EHR_NUMBERS).setValue(number);
    there.addName().setFamily("Drift" + number).addGiven("Dora");
    there.setBirthDateElement(new DateType(born));
    return there;
  }

  private AllergyIntolerance allergy(String id, String to) {
    AllergyIntolerance allergy = new AllergyIntolerance();
    allergy.setId(id + '-' + number);
    allergy.getPatient().setReference("Patient/e-" + number);
    allergy.setCode(new CodeableConcept().setText(to));
    allergy
        .getClinicalStatus()
        .addCoding()
        .setSystem("http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical")
        .setCode("active");
    return allergy;
  }

  private MedicationRequest order(String id, MedicationRequestStatus status) {
    MedicationRequest order = new MedicationRequest();
    order.setId(id + '-' + number);
    order.setStatus(status);
    order.setIntent(MedicationRequest.MedicationRequestIntent.ORDER);
    order.getSubject().setReference("Patient/e-" + number);
    order.setMedication(new CodeableConcept().setText("Apixaban 5 mg"));
    return order;
  }

  private Appointment visit(String id, AppointmentStatus status) {
    Appointment visit = new Appointment();
    visit.setId(id + '-' + number);
    visit.setStatus(status);
    visit.setStart(new Date(1_800_000_000_000L)).setEnd(new Date(1_800_003_600_000L));
    visit
        .addParticipant()
        .setStatus(Appointment.ParticipationStatus.ACCEPTED)
        .getActor()
        .setReference("Patient/e-" + number);
    return visit;
  }

  private List<String> taken(String name) {
    return jdbc.queryForList(
        "select message_id from inbox_message where source = ? and message_id like ? and lane = ?"
            + " and state = 'done'",
        String.class,
        FEED,
        name,
        EHR_NUMBERS + '|' + number);
  }

  /** Kind and name, without the number of the test. */
  private List<String> compared() {
    jdbc.update("update fhir_patient set compared_at = null where patient = ?", patient);
    await()
        .atMost(SOON)
        .until(
            () -> {
              differences.compare(FEED, "0 seconds", 100);
              return jdbc.queryForObject(
                  "select compared_at is not null from fhir_patient where feed = ? and patient = ?",
                  Boolean.class,
                  FEED,
                  patient);
            });
    return found().stream()
        .map(one -> one.kind() + ' ' + one.theirs().replace('-' + number, ""))
        .sorted()
        .toList();
  }

  private List<Difference> found() {
    return differences.found(FEED).stream().filter(one -> one.patient().equals(patient)).toList();
  }

  private void click(String theirs, String what) throws Exception {
    Difference difference =
        found().stream().filter(one -> one.theirs().startsWith(theirs)).findFirst().orElseThrow();
    assertThat(integrator.page("/feeds/outbox/" + FEED).body())
        .contains("difference-" + difference.number(), difference.theirs());
    assertThat(
            integrator
                .post(
                    "/feeds/outbox/" + FEED + "/differences/" + difference.number() + '/' + what,
                    Map.of())
                .statusCode())
        .isLessThan(400);
  }

  private <T extends Resource> T here(Class<T> type, String id) {
    return record.sentOf(patient, type.getSimpleName()).stream()
        .filter(one -> String.valueOf(one.getMeta().getSource()).contains('/' + id + '-' + number))
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }

  private void changedHere(DomainResource resource) {
    transaction.executeWithoutResult(status -> record.write(FEED, List.of(resource)));
  }

  @Test
  void whatIsOtherwiseHereIsFoundAndTakenOverAgainByOneClick() throws Exception {
    Patient known = fhir.as("referrer").read().resource(Patient.class).withId(patient).execute();
    known.setBirthDateElement(new DateType("1984-12-03"));
    fhir.as("referrer").update().resource(known).execute();
    AllergyIntolerance allergy = here(AllergyIntolerance.class, "latex");
    changedHere(allergy.setCode(new CodeableConcept().setText("Latex gloves")));
    MedicationRequest order = here(MedicationRequest.class, "apixaban");
    changedHere(order.setStatus(MedicationRequestStatus.STOPPED));
    Appointment visit = here(Appointment.class, "visit");
    changedHere(visit.setStatus(AppointmentStatus.CANCELLED));

    assertThat(compared())
        .containsExactly(
            "otherwise AllergyIntolerance/latex",
            "otherwise Appointment/visit",
            "otherwise MedicationRequest/apixaban",
            "otherwise Patient/e");
    assertThat(found())
        .extracting(Difference::said)
        .contains(
            "birthDate: \"1984-12-03\", there \"1948-12-03\"",
            "status: \"stopped\", there \"active\"",
            "status: \"cancelled\", there \"booked\"");

    for (String theirs : List.of("Patient", "AllergyIntolerance", "MedicationRequest", "Appoint")) {
      click(theirs, "take-over");
    }
    await().atMost(SOON).untilAsserted(() -> assertThat(taken("%/again-%")).hasSize(4));
    assertThat(compared()).isEmpty();
    assertThat(here(MedicationRequest.class, "apixaban").getStatus())
        .isEqualTo(MedicationRequestStatus.ACTIVE);
    assertThat(here(Appointment.class, "visit").getStatus()).isEqualTo(AppointmentStatus.BOOKED);
    assertThat(
            fhir.as("referrer")
                .read()
                .resource(Patient.class)
                .withId(patient)
                .execute()
                .getBirthDateElement()
                .getValueAsString())
        .isEqualTo("1948-12-03");
  }

  @Test
  void whatIsOnlyThereIsTakenOverAndWhatIsOnlyHereIsTakenBack() throws Exception {
    ehr.put(allergy("iodine", "Iodine"));
    // As if the EHR had deleted it since.
    AllergyIntolerance gone = here(AllergyIntolerance.class, "latex").copy();
    gone.setId(UUID.randomUUID().toString());
    gone.getMeta().setSource(ehr.base() + "/AllergyIntolerance/deleted-" + number + "/_history/1");
    changedHere(gone);

    assertThat(compared())
        .containsExactly("gone AllergyIntolerance/deleted", "missing AllergyIntolerance/iodine");
    click("AllergyIntolerance/iodine", "take-over");
    click("AllergyIntolerance/deleted", "take-back");

    await().atMost(SOON).untilAsserted(() -> assertThat(taken("%iodine%/again-%")).hasSize(1));
    AllergyIntolerance back = here(AllergyIntolerance.class, "deleted");
    assertThat(back.getVerificationStatus().getCodingFirstRep().getCode())
        .isEqualTo("entered-in-error");
    assertThat(back.hasClinicalStatus()).isFalse();
    assertThat(here(AllergyIntolerance.class, "iodine").getCode().getText()).isEqualTo("Iodine");
    assertThat(compared()).isEmpty();
  }

  /** A result that the EHR has deleted is read by rules as much as an allergy is. */
  @Test
  void whatTheEhrDeletesIsFoundOfEachKind() throws Exception {
    Observation inr = new Observation();
    inr.setStatus(ObservationStatus.FINAL).setCode(new CodeableConcept().setText("INR"));
    inr.setValue(new Quantity(1.1));
    DiagnosticReport report = new DiagnosticReport();
    report.setStatus(DiagnosticReportStatus.FINAL).setCode(new CodeableConcept().setText("MRI"));
    Condition cancer = new Condition();
    cancer
        .getClinicalStatus()
        .addCoding()
        .setSystem("http://terminology.hl7.org/CodeSystem/condition-clinical")
        .setCode("active");
    cancer.setCode(new CodeableConcept().setText("Cancer"));
    Encounter stay = new Encounter();
    stay.setStatus(EncounterStatus.FINISHED)
        .setClass_(new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "IMP", null));
    for (DomainResource deleted : List.of(inr, report, cancer, stay)) {
      String type = deleted.fhirType();
      deleted.setId(UUID.randomUUID().toString());
      deleted.setProperty("subject", new Reference("Patient/" + patient));
      deleted.getMeta().setSource("%s/%s/deleted-%s".formatted(ehr.base(), type, number));
      changedHere(deleted);
    }

    assertThat(compared())
        .containsExactly(
            "gone Condition/deleted",
            "gone DiagnosticReport/deleted",
            "gone Encounter/deleted",
            "gone Observation/deleted");
    for (String type : List.of("Condition", "DiagnosticReport", "Encounter", "Observation")) {
      click(type + "/deleted", "take-back");
    }
    assertThat(compared()).isEmpty();
    assertThat(here(Observation.class, "deleted").getStatus())
        .isEqualTo(ObservationStatus.ENTEREDINERROR);
    assertThat(here(Condition.class, "deleted").hasClinicalStatus()).isFalse();
  }

  /** The same result by HL7 v2 is said in other words, which is no difference. */
  @Test
  void whatAnotherFeedSaysIsNotCompared() throws Exception {
    Identifier filler = new Identifier().setSystem("urn:lab").setValue("F" + number);
    Observation byFhir = new Observation();
    byFhir.setId("inr-" + number);
    byFhir.setStatus(ObservationStatus.FINAL).setCode(new CodeableConcept().setText("INR"));
    byFhir.addIdentifier(filler).setSubject(new Reference("Patient/e-" + number));
    byFhir.setValue(new Quantity(1.1));
    Observation byHl7 = byFhir.copy();
    byHl7.setId(UUID.randomUUID().toString());
    byHl7.setSubject(new Reference("Patient/" + patient)).addNote().setText("As HL7 v2 says it");
    transaction.executeWithoutResult(status -> record.write("ehr", List.of(byHl7)));
    ehr.put(byFhir);

    assertThat(compared()).isEmpty();
  }

  @Test
  void whatAPersonLeavesIsToldAgainOnlyWhenItIsAnotherDifference() throws Exception {
    MedicationRequest order = here(MedicationRequest.class, "apixaban");
    changedHere(order.setStatus(MedicationRequestStatus.STOPPED));
    assertThat(compared()).containsExactly("otherwise MedicationRequest/apixaban");
    click("MedicationRequest", "leave");
    assertThat(compared()).isEmpty();
    changedHere(
        here(MedicationRequest.class, "apixaban").setStatus(MedicationRequestStatus.ONHOLD));
    assertThat(compared()).containsExactly("otherwise MedicationRequest/apixaban");
  }

  @Test
  void nobodyElseSeesOrSettlesIt() throws Exception {
    changedHere(
        here(MedicationRequest.class, "apixaban").setStatus(MedicationRequestStatus.STOPPED));
    compared();
    long number = found().get(0).number();
    Caller nurse = new Caller(port(), "nurse").signIn();
    for (String what : List.of("take-over", "take-back", "leave")) {
      assertThat(
              nurse
                  .post("/feeds/outbox/" + FEED + "/differences/" + number + '/' + what, Map.of())
                  .statusCode())
          .isEqualTo(403);
    }
    assertThat(found()).hasSize(1);
  }
}
