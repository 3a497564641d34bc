package org.carepathway.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.mllp.MllpClient;
import org.carepathway.pathway.Pathways;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Each kind of message that is said to be understood, from the port to the record. */
class EveryKindTest extends RunningService {

  private static final String SYSTEM = "https://carepathway.org/fhir/hl7v2/authority/HOSPITAL";
  private static final String SERVICE =
      "percutaneous-vertebroplasty^Percutaneous vertebroplasty^99CPW";

  @Autowired private Hl7Feeds feeds;
  @Autowired private Pathways pathways;
  @Autowired private JdbcTemplate jdbc;

  private final String number = "K" + UUID.randomUUID().toString().substring(0, 8);
  private FhirClient fhir;
  private MllpClient client;
  private int sent;

  @BeforeEach
  void connect() throws Exception {
    fhir = new FhirClient(port());
    client = new MllpClient(feeds.port("ehr").number());
  }

  @AfterEach
  void close() throws Exception {
    client.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "ORM^O01; ORC|NW|%1$s^EHR||||||||||1^Ref^Rita; OBR|1|%1$s^EHR||%2$s",
        "OMG^O19; ORC|NW|%1$s^EHR||||||||||1^Ref^Rita; OBR|1|%1$s^EHR||%2$s",
        "OMI^O23; ORC|NW|%1$s^EHR||||||||||1^Ref^Rita; OBR|1|%1$s^EHR||%2$s",
        "REF^I12; RF1|A|R|||| %1$s^EHR; PRD|RP|Ref^Rita\rPR1|1||%2$s"
      })
  void aRequestStartsAPathwayAndItsCancelEndsIt(String kind, String first, String second)
      throws Exception {
    String order = first.replace(" %", "%").formatted("O" + number, SERVICE);
    String what = second.replace(" %", "%").formatted("O" + number, SERVICE);
    assertThat(tell(kind, order, what)).startsWith("done");
    String patient = patient().getIdElement().getIdPart();
    assertThat(pathways.ofPatient(patient)).singleElement().matches(one -> one.isActive());
    ServiceRequest request = only(ServiceRequest.class, patient);
    assertThat(request.getRequester().getDisplay()).contains("Rita").contains("Ref");

    assertThat(tell(kind, order, what)).startsWith("done");
    assertThat(pathways.ofPatient(patient)).as("the same order again").hasSize(1);

    String cancel = order.replace("ORC|NW", "ORC|CA").replace("RF1|A", "RF1|R");
    assertThat(tell(kind, cancel, what)).startsWith("done");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> pathways.ofPatient(patient).stream().noneMatch(one -> one.isActive()));
    assertThat(pathways.ofPatient(patient)).hasSize(1);
  }

  @Test
  void aStayIsFollowedThroughTransferAndWhatIsTakenBack() throws Exception {
    String patient = referred();
    assertStay(patient, stay("A04", "O", "CLINIC", "", ""), "in-progress", "CLINIC");
    assertStay(patient, stay("A01", "I", "W1", "", ""), "in-progress", "W1");
    assertStay(patient, stay("A02", "I", "W2", "", ""), "in-progress", "W2");
    assertStay(patient, stay("A12", "I", "W1", "", ""), "in-progress", "W1");
    Encounter ended =
        assertStay(patient, stay("A03", "I", "W1", "20261129150000+0100", "01"), "finished", "W1");
    assertThat(ended.getPeriod().getEnd()).isEqualTo("2026-11-29T14:00:00Z");
    Encounter again = assertStay(patient, stay("A13", "I", "W1", "", ""), "in-progress", "W1");
    assertThat(again.getPeriod().hasEnd()).isFalse();
    assertThat(again.getHospitalization().hasDischargeDisposition()).as("taken back too").isFalse();
    assertStay(patient, stay("A11", "I", "W1", "", ""), "cancelled", "W1");
    assertThat(pathways.ofPatient(patient).get(0).isActive()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"ADT^A28", "ADT^A31", "ADT^A08"})
  void whoTheyAreIsTakenOver(String kind) throws Exception {
    String patient = referred();
    assertThat(tell(kind, "AL1|1|DA|^Latex|SV|Rash")).startsWith("done");
    assertThat(patient().getTelecom()).hasSize(1);
    tell(kind, pid("New", "+34 600 999 999"));
    assertThat(patient().getNameFirstRep().getFamily()).isEqualTo("New");
    assertThat(patient().getTelecomFirstRep().getValue()).contains("600 999 999");
    assertThat(all("AllergyIntolerance", patient)).hasSize(1);
  }

  @Test
  void anAppointmentOfTheEhrIsMovedMissedAndTakenBack() throws Exception {
    String patient = referred();
    assertAppointment(patient, "S12", "1", "20261201090000+0100", "booked", "2026-12-01T08:00:00Z");
    assertAppointment(patient, "S13", "1", "20261202090000+0100", "booked", "2026-12-02T08:00:00Z");
    assertAppointment(patient, "S14", "1", "20261202100000+0100", "booked", "2026-12-02T09:00:00Z");
    assertAppointment(patient, "S26", "1", "20261202100000+0100", "noshow", "2026-12-02T09:00:00Z");
    assertAppointment(patient, "S12", "2", "20261203090000+0100", "booked", "2026-12-03T08:00:00Z");
    assertAppointment(patient, "S15", "2", "", "cancelled", "2026-12-03T08:00:00Z");
    assertAppointment(patient, "S17", "2", "", "entered-in-error", "2026-12-03T08:00:00Z");
    assertThat(all("Appointment", patient)).hasSize(2);
  }

  private void assertAppointment(
      String patient, String event, String id, String start, String status, String expected)
      throws Exception {
    String end = start.replace("0000+", "3000+");
    String said =
        tell(
            "SIU^" + event,
            "SCH|%s^EHR|%s^EHR|||||MRI^MRI of the spine^L|||min|^^^%s^%s"
                .formatted("A" + id + number, "A" + id + number, start, end),
            "RGS|1",
            "AIL|1||MR1^Room 2^^RAD");
    assertThat(said).startsWith("done");
    Appointment found =
        all("Appointment", patient).stream()
            .map(Appointment.class::cast)
            .filter(
                one ->
                    one.getIdentifier().stream()
                        .anyMatch(given -> given.getValue().equals("A" + id + number)))
            .findFirst()
            .orElseThrow();
    assertThat(found.getStatus().toCode()).as(event).isEqualTo(status);
    assertThat(found.getStart()).as(event).isEqualTo(expected);
  }

  private Encounter assertStay(String patient, String said, String status, String place) {
    assertThat(said).startsWith("done");
    List<Encounter> stays =
        all("Encounter", patient).stream()
            .map(Encounter.class::cast)
            .filter(
                stay ->
                    stay.getIdentifier().stream()
                        .anyMatch(one -> one.getValue().equals("V" + number)))
            .toList();
    assertThat(stays).hasSize(1);
    assertThat(stays.get(0).getStatus().toCode()).isEqualTo(status);
    assertThat(stays.get(0).getLocation())
        .extracting(location -> location.getLocation().getDisplay())
        .containsExactly(place);
    return stays.get(0);
  }

  private String stay(String event, String kind, String place, String end, String disposition)
      throws Exception {
    return tell(
        "ADT^" + event,
        "PV1|1|%s|%s%s%s%s%s%s20261129100000+0100|%s"
            .formatted(
                kind,
                place,
                "|".repeat(16),
                "V" + number,
                "|".repeat(17),
                disposition,
                "|".repeat(8),
                end));
  }

  private String referred() throws Exception {
    assertThat(
            tell("ORM^O01", "ORC|NW|O" + number + "^EHR", "OBR|1|O" + number + "^EHR||" + SERVICE))
        .startsWith("done");
    return patient().getIdElement().getIdPart();
  }

  private String pid(String family, String phone) {
    return "PID|1||%s^^^HOSPITAL^MR||%s^Carmen||19481203|F|||||%s".formatted(number, family, phone);
  }

  /** Sends it a minute after the one before, and says what the inbox made of it. */
  private String tell(String kind, String... segments) throws Exception {
    sent++;
    String id = number + "-" + sent;
    String pid =
        segments[0].startsWith("PID") ? "" : pid("Sample" + number, "+34 600 000 111") + "\r";
    String message =
        "MSH|^~\\&|EHR|HOSPITAL|CP|S|202611291%02d000+0100||%s|%s|P|2.5\r%s%s\r"
            .formatted(sent / 6 * 10 + sent % 6, kind, id, pid, String.join("\r", segments));
    assertThat(client.send(message)).contains("MSA|AA|" + id);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !state(id).startsWith("waiting") && !state(id).startsWith("new"));
    return state(id);
  }

  private String state(String id) {
    return jdbc.queryForObject(
        "select state || ': ' || coalesce(said, '') from inbox_message where source = 'ehr' and message_id = ? and accepted",
        String.class,
        id);
  }

  private Patient patient() {
    List<Patient> found =
        FhirClient.resources(
            fhir.as("coordinator").search().byUrl("Patient?identifier=" + SYSTEM + "|" + number),
            Patient.class);
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private <T extends Resource> T only(Class<T> type, String patient) {
    List<Resource> found = all(type.getSimpleName(), patient);
    assertThat(found).hasSize(1);
    return type.cast(found.get(0));
  }

  private List<Resource> all(String type, String patient) {
    return FhirClient.resources(
        fhir.as("coordinator").search().byUrl(type + "?patient=" + patient), Resource.class);
  }
}
