package org.carepathway.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.inbox.Inbox;
import org.carepathway.mllp.MllpClient;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a hospital sends by HL7 v2 at a port reaches the record and the pathway. */
class Hl7FeedTest extends RunningService {

  private static final String SYSTEM = "https://carepathway.org/fhir/hl7v2/authority/HOSPITAL";

  @Autowired private Hl7Feeds feeds;
  @Autowired private Inbox inbox;
  @Autowired private Pathways pathways;
  @Autowired private JdbcTemplate jdbc;

  private final String number = "N" + UUID.randomUUID().toString().substring(0, 8);
  private FhirClient fhir;
  private MllpClient client;

  @BeforeEach
  void connect() throws Exception {
    fhir = new FhirClient(port());
    client = new MllpClient(feeds.port("ehr").number());
  }

  @AfterEach
  void close() throws Exception {
    client.close();
  }

  /** A message of the demo, of a patient and with numbers of this test. */
  private String demo(String name) throws Exception {
    return Files.readString(Path.of("src/main/resources/demo/hl7", name))
        .replace("\n", "\r")
        .replace("HL7-100001", number)
        .replaceAll("(DEMO|ORD|LABORD|LAB|RAD|RADORD)-(\\d)", "$1-$2-" + number)
        .replace("Muñoz", "Muñoz" + number);
  }

  private String adt(String event, String id, String time, String family, String more) {
    return ("MSH|^~\\&|EHR|HOSPITAL|CP|S|%s||ADT^%s|%s-%s|P|2.5\rEVN|%s\rPID|1||%s^^^HOSPITAL^MR||%s^Carmen||19481203|F%s\r")
        .formatted(time, event, number, id, event, number, family, more);
  }

  private String state(String id) {
    return jdbc.queryForObject(
        "select state || ': ' || coalesce(said, '') from inbox_message where source = 'ehr' and message_id = ? and accepted",
        String.class,
        id);
  }

  private void settled(String id, String state) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(state(id)).startsWith(state));
  }

  private List<Patient> patients() {
    return FhirClient.resources(
        fhir.as("coordinator").search().byUrl("Patient?identifier=" + SYSTEM + "|" + number),
        Patient.class);
  }

  private String referred() throws Exception {
    assertThat(client.send(demo("1-referral.hl7"))).contains("MSA|AA|DEMO-0-" + number);
    settled("DEMO-0-" + number + "001", "done");
    return patients().get(0).getIdElement().getIdPart();
  }

  @Test
  void aReferralStartsAPathwayAndWhatCameBeforeItIsNotLost() throws Exception {
    assertThat(client.send(demo("2-labs.hl7"))).contains("\rMSA|AA|");
    settled("DEMO-0-" + number + "002", "held");
    assertThat(patients()).isEmpty();

    String patient = referred();
    Pathway pathway = pathways.ofPatient(patient).get(0);
    assertThat(pathway.isActive()).isTrue();
    settled("DEMO-0-" + number + "002", "done");
    List<Observation> values =
        FhirClient.resources(
                fhir.as("coordinator")
                    .search()
                    .byUrl("Observation?patient=" + patient + "&code=6301-6"),
                Observation.class)
            .stream()
            // The pathway may have taken it over already.
            .filter(value -> !value.hasDerivedFrom())
            .toList();
    assertThat(values).hasSize(1);
    assertThat(values.get(0).getValueQuantity().getValue()).isEqualByComparingTo("1.0");

    assertThat(client.send(demo("3-report.hl7"))).contains("\rMSA|AA|");
    settled("DEMO-0-" + number + "003", "done");
    assertThat(
            FhirClient.resources(
                fhir.as("coordinator").search().byUrl("DiagnosticReport?patient=" + patient),
                DiagnosticReport.class))
        .extracting(DiagnosticReport::getConclusion)
        .contains("Acute osteoporotic compression fracture of L1.");
    assertThat(
            jdbc.queryForList(
                "select about from audit_event where who = 'ehr' and patients @> array[?]::text[]",
                String.class,
                patient))
        .contains("feed ehr");
  }

  @Test
  void theSameAgainIsAcknowledgedAgainAndAnotherOfItsNumberRefused() throws Exception {
    String message = adt("A08", "1", "20261129100000", "One", "");
    assertThat(client.send(message)).contains("MSA|AA|" + number + "-1");
    assertThat(client.send(message)).contains("MSA|AA|" + number + "-1");
    assertThat(client.send(message.replace("One", "Two")))
        .contains("MSA|AE|" + number + "-1")
        .contains("ERR||MSH^1^10|205^");
    assertThat(
            jdbc.queryForObject(
                "select count(*) from inbox_message where message_id = ? and accepted",
                Long.class,
                number + "-1"))
        .isOne();
  }

  /** The placer's number is new, the filler's is known: the same order, or somebody else's. */
  @Test
  void noNumberOfAnOrderIsAnotherPatients() throws Exception {
    String filler = "F" + number;
    order("1", number, "O1" + number, filler);
    settled(number + "-o1", "done");
    String patient = patients().get(0).getIdElement().getIdPart();
    Pathway pathway = pathways.ofPatient(patient).get(0);

    order("2", number, "O2" + number, filler);
    settled(number + "-o2", "done");
    assertThat(pathways.ofPatient(patient)).hasSize(1);

    String other = number + "-other";
    order("3", other, "O3" + number, filler);
    settled(number + "-o3", "dead");
    assertThat(state(number + "-o3")).contains("A referral of another patient has this number");
    // By the number that the second message brought, too.
    order("4", other, "O4" + number, "O2" + number);
    settled(number + "-o4", "dead");
    order("5", other, "O5" + number, "F5" + number);
    settled(number + "-o5", "done");
    // A filler's number that comes later.
    order("6", other, "O5" + number, filler);
    settled(number + "-o6", "dead");
    assertThat(pathways.ofPatient(patient)).extracting(Pathway::id).containsExactly(pathway.id());
  }

  private void order(String id, String patient, String placer, String filler) throws Exception {
    String message =
        "MSH|^~\\&|EHR|HOSPITAL|CP|S|2026110109%02d||ORM^O01|%s-o%s|P|2.5\rPID|1||%s^^^HOSPITAL^MR||Order%s^Carmen||19481203|F\rORC|NW|%s^EHR|%s^EHR\rOBR|1|%s^EHR|%s^EHR|percutaneous-vertebroplasty^Vertebroplasty^99CPW|R\r"
            .formatted(
                Integer.parseInt(id), number, id, patient, patient, placer, filler, placer, filler);
    assertThat(client.send(message)).contains("MSA|AA|");
  }

  @Test
  void whatIsOlderNeverOverwritesAndADeathEndsThePathway() throws Exception {
    String patient = referred();
    client.send(adt("A08", "new", "20261129120000+0100", "Newer", ""));
    client.send(adt("A08", "old", "20261129110000+0100", "Older", ""));
    settled(number + "-new", "done: Taken over");
    settled(number + "-old", "done: Nothing was taken over. Not taken over, as something newer");
    assertThat(patients().get(0).getNameFirstRep().getFamily()).isEqualTo("Newer");

    client.send(adt("A08", "dead", "20261129130000+0100", "Newer", "|".repeat(22) + "Y"));
    settled(number + "-dead", "done");
    assertThat(pathways.ofPatient(patient).get(0).outcome()).isEqualTo("died");
    client.send(adt("A08", "late", "20261129140000+0100", "Newer", ""));
    settled(number + "-late", "done");
    assertThat(state(number + "-late")).endsWith("The patient's pathway has ended.");
  }

  @Test
  void aStayBeginsAndEnds() throws Exception {
    String patient = referred();
    String visit = "PV1|1|I|W1^12^A" + "|".repeat(16) + "V" + number + "|".repeat(25);
    client.send(adt("A01", "a", "20261129120000+0100", "M", "") + visit + "20261129113000+0100\r");
    client.send(adt("A03", "b", "20261129160000+0100", "M", "") + visit + "|20261129155900+0100\r");
    settled(number + "-b", "done");
    List<Encounter> stays =
        FhirClient.resources(
            fhir.as("coordinator").search().byUrl("Encounter?patient=" + patient), Encounter.class);
    assertThat(stays).filteredOn(stay -> stay.hasLocation()).hasSize(1);
    Encounter stay = stays.stream().filter(one -> one.hasLocation()).findFirst().orElseThrow();
    assertThat(stay.getStatus().toCode()).isEqualTo("finished");
    assertThat(stay.getPeriod().getStart()).isEqualTo("2026-11-29T10:30:00Z");
    assertThat(stay.getPeriod().getEnd()).isEqualTo("2026-11-29T14:59:00Z");
  }

  @Test
  void somebodyAlikeUnderAnotherNumberIsNeverGuessed() throws Exception {
    referred();
    String other =
        demo("1-referral.hl7")
            .replace(number + "^^^HOSPITAL", "X" + number + "^^^HOSPITAL")
            .replace("DEMO-0-", "DEMO-9-")
            .replace("ORD-0-", "ORD-9-");
    assertThat(client.send(other)).contains("\rMSA|AA|");
    settled("DEMO-9-" + number + "001", "asked");

    Patient same = patients().get(0);
    same.addIdentifier().setSystem(SYSTEM).setValue("X" + number);
    fhir.as("referrer").update().resource(same).execute();
    settled(
        "DEMO-9-" + number + "001",
        "done: Taken over: AllergyIntolerance, Patient, ServiceRequest");
  }

  @Test
  void aThousandPipelinedMessagesAreAnsweredInOrder() throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < 1000; i++) {
      all.write(MllpClient.framed(adt("A08", "p" + i, "20261129100000", "F" + i, "")));
    }
    Thread writer =
        new Thread(
            () -> {
              try {
                client.raw(all.toByteArray());
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    writer.start();
    for (int i = 0; i < 1000; i++) {
      assertThat(client.answer()).contains("MSA|AA|" + number + "-p" + i + "\r");
    }
    writer.join();
    assertThat(
            jdbc.queryForObject(
                "select count(*) from inbox_message where message_id like ?",
                Long.class,
                number + "-p%"))
        .isEqualTo(1000);
  }

  @Test
  void piecesNoiseAndHalfMessagesDoNotStopTheStream() throws Exception {
    byte[] framed = MllpClient.framed(adt("A08", "x", "20261129100000", "M", ""));
    client.raw("\r\n\0\0GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    for (byte one : framed) {
      client.raw(new byte[] {one});
    }
    assertThat(client.answer()).contains("MSA|AA|" + number + "-x");
    client.raw(java.util.Arrays.copyOf(framed, framed.length / 2));
    client.close();
    for (int i = 0; i < 200; i++) {
      Socket reset = new Socket("127.0.0.1", feeds.port("ehr").number());
      reset.setSoLinger(true, 0);
      reset.getOutputStream().write(framed, 0, 20);
      reset.close();
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> feeds.port("ehr").connections() == 0);
    client = new MllpClient(feeds.port("ehr").number());
    assertThat(client.send(adt("A08", "y", "20261129100000", "M", ""))).contains("MSA|AA|");
  }

  @Test
  void whatIsNoMessageOrTooLongIsRefusedAndKept() throws Exception {
    assertThat(client.send("hello " + number)).contains("MSA|AE||").contains("ERR||MSH^1^|100^");
    assertThat(client.send(adt("A99", "z", "20261129100000", "M", "")))
        .contains("MSA|AR|" + number + "-z")
        .contains("ERR||MSH^1^9|201^");
    assertThat(
            client.send(adt("A99", "old", "20261129100000", "M", "").replace("|2.5\r", "|2.3\r")))
        .contains("ERR|MSH^1^9^201&");
    String large = adt("A08", "large", "20261129100000", "M", "") + "ZZZ|" + "x".repeat(21_000_000);
    assertThat(client.send(large)).contains("MSA|AE|" + number + "-large").contains("longer");
    assertThat(client.send(adt("A08", "next", "20261129100000", "M", ""))).contains("MSA|AA|");
    assertThat(
            jdbc.queryForList(
                "select said from inbox_message where not accepted and message_id = ?",
                String.class,
                number + "-z"))
        .singleElement()
        .asString()
        .startsWith("MSH-9: ");
  }

  private String merge(String id, String survivor, String former) {
    return ("MSH|^~\\&|EHR|HOSPITAL|CP|S|20261129180000+0100||ADT^A40|%s|P|2.5\rPID|1||%s^^^HOSPITAL^MR||Muñoz^Carmen||19481203|F\rMRG|%s^^^HOSPITAL^MR\r")
        .formatted(id, survivor, former);
  }

  @Test
  void theRecordOnThePathwayGoesOnUnderTheNumberThatSurvives() throws Exception {
    String patient = referred();
    Patient other = new Patient();
    other.addIdentifier().setSystem(SYSTEM).setValue("S" + number);
    other.addName().setFamily("Other" + number);
    String otherId = fhir.as("referrer").create().resource(other).execute().getId().getIdPart();
    Observation sent = new Observation();
    sent.setStatus(Observation.ObservationStatus.FINAL);
    sent.getCode().setText("x");
    sent.getSubject().setReference("Patient/" + otherId);
    fhir.as("referrer").create().resource(sent).execute();

    assertThat(client.send(merge("M" + number, "S" + number, number))).contains("MSA|AA|");
    settled("M" + number, "done: Two patients were made one; 1 resources were moved.");
    List<Patient> now =
        FhirClient.resources(
            fhir.as("coordinator").search().byUrl("Patient?identifier=" + SYSTEM + "|S" + number),
            Patient.class);
    assertThat(now).hasSize(1);
    assertThat(now.get(0).getIdElement().getIdPart()).isEqualTo(patient);
    Patient gone = fhir.as("coordinator").read().resource(Patient.class).withId(otherId).execute();
    assertThat(gone.getActive()).isFalse();
    assertThat(gone.getLinkFirstRep().getType().toCode()).isEqualTo("replaced-by");
    assertThat(pathways.ofPatient(patient).get(0).isActive()).isTrue();
    client.send(adt("A08", "after", "20261129190000+0100", "Later", ""));
    settled(number + "-after", "done");
    assertThat(
            fhir.as("coordinator")
                .read()
                .resource(Patient.class)
                .withId(patient)
                .execute()
                .getNameFirstRep()
                .getFamily())
        .isEqualTo("Later");
  }

  @Test
  void aMergeThatComesLateBringsNoOlderName() throws Exception {
    String patient = referred();
    client.send(adt("A08", "new", "20261129190000+0100", "Newer", ""));
    client.send(merge("L" + number, "L" + number, number));
    settled("L" + number, "done: The number was added");

    Patient now = fhir.as("coordinator").read().resource(Patient.class).withId(patient).execute();
    assertThat(now.getNameFirstRep().getFamily()).isEqualTo("Newer");
    assertThat(now.getIdentifier()).extracting(Identifier::getValue).contains("L" + number, number);
  }

  @Test
  void whereBothAreOnAPathwayAPersonDecides() throws Exception {
    String patient = referred();
    String otherFile = "klein-genevie.json";
    String otherId = fhir.sendPatient(otherFile);
    fhir.refer(otherId);
    Patient other = fhir.as("referrer").read().resource(Patient.class).withId(otherId).execute();
    other.addIdentifier().setSystem(SYSTEM).setValue("T" + number);
    fhir.as("referrer").update().resource(other).execute();

    assertThat(client.send(merge("M" + number, "T" + number, number))).contains("MSA|AA|");
    settled("M" + number, "asked: Both patients are on a pathway.");
    assertThat(pathways.ofPatient(patient).get(0).isActive()).isTrue();
    assertThat(pathways.ofPatient(otherId).get(0).isActive()).isTrue();
  }
}
