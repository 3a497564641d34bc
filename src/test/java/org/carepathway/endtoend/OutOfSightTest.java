package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.carepathway.RunningService;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is out of sight is neither told of nor touched, whichever way it is asked for. */
class OutOfSightTest extends RunningService {

  private static final String MRN = "https://example.org/mrn-of-the-north";
  private static final String NAME = "Hiddenhurst";

  private static final String number = UUID.randomUUID().toString();
  private static String patient;
  private static String referral;
  private static String task;
  private static String plan;

  @Autowired private JdbcTemplate jdbc;

  private Door south;

  @BeforeEach
  void aPatientOfTheNorth() throws Exception {
    south = new Door(port(), "south");
    if (patient != null) {
      return;
    }
    FhirClient fhir = new FhirClient(port());
    IdType id = (IdType) fhir.as("referrer").create().resource(sent(NAME)).execute().getId();
    patient = id.getIdPart();
    ServiceRequest asked = FhirClient.referral(patient);
    asked
        .addPerformer()
        .getIdentifier()
        .setSystem("https://carepathway.org/fhir/team")
        .setValue("north/spine");
    referral = fhir.as("referrer").create().resource(asked).execute().getId().getIdPart();
    var open = fhir.openTasks(referral).get(0);
    task = open.getIdElement().getIdPart();
    plan = open.getBasedOnFirstRep().getReferenceElement().getIdPart();
  }

  private static Patient sent(String family) {
    Patient sent = new Patient();
    sent.addIdentifier().setSystem(MRN).setValue(number);
    sent.addName().setFamily(family).addGiven("Given");
    return sent;
  }

  @Test
  void aConditionalCreateFindsNothingOutOfSight() throws Exception {
    for (String header : List.of("If-None-Exist", "if-none-exist")) {
      HttpResponse<String> created =
          south.send(
              "POST",
              "Patient",
              sent("Southerner"),
              header,
              "identifier=" + MRN + '|' + number,
              "Prefer",
              "return=representation");
      assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
      assertThat(created.body()).contains("Southerner").doesNotContain(NAME, patient);
      // What is in sight is found, beside what is not.
      HttpResponse<String> again =
          south.send(
              "POST", "Patient", sent("Southerner"), header, "identifier=" + MRN + '|' + number);
      assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
      assertThat(again.body()).contains("Southerner").doesNotContain(NAME);
      jdbc.update(
          "delete from patient_team where team like 'south%' and patient_id in"
              + " (select fhir_id from hfj_resource where res_type = 'Patient' and fhir_id = ?)",
          Door.parse(Patient.class, created.body()).getIdElement().getIdPart());
    }
    Bundle bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
    bundle
        .addEntry()
        .setFullUrl("urn:uuid:" + UUID.randomUUID())
        .setResource(sent("Southerner"))
        .getRequest()
        .setMethod(Bundle.HTTPVerb.POST)
        .setUrl("Patient")
        .setIfNoneExist("identifier=" + MRN + '|' + number);
    HttpResponse<String> inBundle = south.send("POST", "", bundle);
    assertThat(inBundle.statusCode()).as(inBundle.body()).isEqualTo(200);
    assertThat(inBundle.body()).contains("201 Created").doesNotContain(NAME, patient);
  }

  @Test
  void aConditionalReferenceFindsNothingOutOfSight() throws Exception {
    long before = rows();
    String hidden = "Patient?identifier=" + MRN + '|' + number;
    String missing = "Patient?identifier=" + MRN + "|zzz";
    HttpResponse<String> ofHidden = south.send("POST", "Observation", about(hidden));
    HttpResponse<String> ofMissing = south.send("POST", "Observation", about(missing));
    alike(ofHidden, ofMissing, number, "zzz");
    alike(transaction(about(hidden)), transaction(about(missing)), number, "zzz");
    assertThat(rows()).isEqualTo(before);
    assertThat(south.send("POST", "Observation", about("Patient?family=" + NAME)).statusCode())
        .isEqualTo(403);
    assertThat(transaction(about("Patient?family=" + NAME)).statusCode()).isEqualTo(403);
  }

  @Test
  void whatIsNotThereAndWhatIsNotAllowedLookAlike() throws Exception {
    alike(
        south.send("POST", "Observation", about("Patient/" + patient)),
        south.send("POST", "Observation", about("Patient/missing")),
        patient,
        "missing");
    alike(
        transaction(about("Patient/" + patient)),
        transaction(about("Patient/missing")),
        patient,
        "missing");
    // A patient of the south, and something else that is hidden.
    String hers = new FhirClient(port()).sendPatient("stokes-carli.json");
    jdbc.update("insert into patient_team (patient_id, team) values (?, 'south/spine')", hers);
    for (String type : List.of("ServiceRequest", "CarePlan")) {
      String id = type.equals("CarePlan") ? plan : referral;
      alike(
          south.send(
              "POST",
              "Observation",
              about("Patient/" + hers).addBasedOn(new Reference(type + '/' + id))),
          south.send(
              "POST",
              "Observation",
              about("Patient/" + hers).addBasedOn(new Reference(type + "/missing"))),
          id,
          "missing");
    }
    String patch = "[{\"op\":\"add\",\"path\":\"/language\",\"value\":\"es\"}]";
    for (String type : List.of("Patient", "ServiceRequest")) {
      String id = type.equals("Patient") ? patient : referral;
      alike(
          south.send("PATCH", type + '/' + id, Door.JSON_PATCH, patch),
          south.send("PATCH", type + "/missing", Door.JSON_PATCH, patch),
          id,
          "missing");
      alike(
          south.send("DELETE", type + '/' + id, Door.JSON, ""),
          south.send("DELETE", type + "/missing", Door.JSON, ""),
          id,
          "missing");
    }
    alike(
        south.send("PATCH", "Task/" + task, Door.JSON_PATCH, patch),
        south.send("PATCH", "Task/missing", Door.JSON_PATCH, patch),
        task,
        "missing");
    String other = UUID.randomUUID().toString();
    for (String operation : List.of("$claim", "$release", "$complete")) {
      String body =
          """
          {"resourceType":"Parameters","parameter":[{"name":"response","resource":
          {"resourceType":"QuestionnaireResponse","status":"completed"}}]}""";
      alike(
          south.send("POST", "Task/" + task + '/' + operation, Door.JSON, body),
          south.send("POST", "Task/" + other + '/' + operation, Door.JSON, body),
          task,
          other);
    }
    alike(
        south.get("Task/" + task + "/$populate"),
        south.get("Task/" + other + "/$populate"),
        task,
        other);
    alike(
        south.get("CarePlan/" + plan + "/$populate?event=RedFlagReported"),
        south.get("CarePlan/missing/$populate?event=RedFlagReported"),
        plan,
        "missing");
    Patient changed = sent("Changed");
    changed.setId(patient);
    HttpResponse<String> put = south.send("PUT", "Patient/" + patient, changed);
    assertThat(put.statusCode()).isEqualTo(404);
    assertThat(put.body()).contains("There is no Patient/" + patient + " here.");
    assertThat(new Door(port(), "coordinator").get("Patient/" + patient).body()).contains(NAME);
  }

  @Test
  void onlyProxiesThatAreNamedAreBelieved() throws Exception {
    String trusted = forwarded("127.0.0.1");
    assertThat(trusted).contains("//pathway.example.org/fhir");
    String unknown = forwarded("127.0.0.2");
    assertThat(unknown).contains("HTTP/1.1 200").doesNotContain("pathway.example.org");
  }

  private String forwarded(String from) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getByName("127.0.0.1"), port(), InetAddress.getByName(from), 0)) {
      String request =
          "GET /fhir/Organization?_count=1 HTTP/1.1\r\nHost: localhost:"
              + port()
              + "\r\nAuthorization: Basic "
              + Base64.getEncoder().encodeToString("south:south".getBytes())
              + "\r\nX-Forwarded-Host: pathway.example.org\r\nX-Forwarded-For: 10.9.8.7\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Observation about(String subject) {
    Observation observation = new Observation();
    observation.setStatus(Observation.ObservationStatus.FINAL);
    observation.getCode().setText("x");
    observation.setSubject(new Reference(subject));
    return observation;
  }

  private HttpResponse<String> transaction(Observation observation) throws Exception {
    Bundle bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
    bundle
        .addEntry()
        .setFullUrl("urn:uuid:0f0f0f0f-0000-4000-8000-000000000003")
        .setResource(observation)
        .getRequest()
        .setMethod(Bundle.HTTPVerb.POST)
        .setUrl("Observation");
    return south.send("POST", "", bundle);
  }

  private static void alike(
      HttpResponse<String> hidden, HttpResponse<String> missing, String id, String none) {
    assertThat(hidden.statusCode()).as(hidden.request() + hidden.body()).isBetween(400, 404);
    assertThat(hidden.statusCode()).as(missing.body()).isEqualTo(missing.statusCode());
    assertThat(hidden.body()).doesNotContain(NAME);
    assertThat(hidden.body().replace(id, "ID")).isEqualTo(missing.body().replace(none, "ID"));
  }

  private long rows() {
    return jdbc.queryForObject("select count(*) from hfj_res_ver", Long.class);
  }
}
