package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.carepathway.RunningService;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The searches that systems of a hospital begin with find what is there, and nothing out of sight.
 */
class IntegratorSearchesTest extends RunningService {

  private static final String R4_PATIENT = "http://hl7.org/fhir/StructureDefinition/Patient";

  private final String word = "w" + UUID.randomUUID().toString().replace("-", "");
  private Door ehr;
  private Door south;
  private String patient;

  @BeforeEach
  void sendPatient() throws Exception {
    ehr = new Door(port(), "ehr");
    south = new Door(port(), "south");
    Patient sent = new Patient();
    sent.addName().setFamily(word).addGiven("Ana");
    sent.addTelecom().setSystem(ContactPointSystem.PHONE).setValue("+34" + word);
    sent.addTelecom().setSystem(ContactPointSystem.EMAIL).setValue(word + "@example.org");
    sent.addAddress().setCity(word).setPostalCode(word);
    sent.getMeta().addTag("urn:example:load", word, null).addProfile(R4_PATIENT);
    HttpResponse<String> answer = ehr.send("POST", "Patient", sent);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    patient = Door.parse(Patient.class, answer.body()).getIdElement().getIdPart();
  }

  @Test
  void ofPatients() throws Exception {
    for (String search :
        List.of(
            "phone=" + encoded("+34" + word),
            "telecom=" + word + "@example.org",
            "email=" + word + "@example.org",
            "address=" + word,
            "address-city=" + word,
            "address-postalcode=" + word,
            "family=" + word,
            "name=" + word + "&given=ana",
            "_tag=urn:example:load|" + word,
            "_tag=" + word,
            "_id=" + patient,
            "_id=" + patient + "&_profile=" + R4_PATIENT,
            "_id=" + patient + "&_lastUpdated=ge2020-01-01",
            "_lastUpdated=ge2020-01-01&family:exact=" + word)) {
      assertThat(ids(ehr, "Patient?" + search)).as(search).containsExactly(patient);
      hidden("Patient?" + search);
      assertThat(posted("Patient", search)).as(search).containsExactly(patient);
    }
    for (String search :
        List.of(
            "_id=" + patient + "&_profile=https://example.org/other",
            "_id=" + patient + "&_tag=other",
            "_id=" + patient + "&phone=0",
            "_id=" + patient + "&_lastUpdated=lt2020-01-01")) {
      assertThat(ids(ehr, "Patient?" + search)).as(search).isEmpty();
    }
  }

  @Test
  void ofTasks() throws Exception {
    FhirClient fhir = new FhirClient(port());
    String ours = fhir.sendPatient("klein-genevie.json");
    Task task = fhir.openTasks(fhir.refer(ours).getIdElement().getIdPart()).get(0);
    String role = task.getPerformerTypeFirstRep().getCodingFirstRep().getCode();
    String id = task.getIdElement().getIdPart();
    String system = task.getPerformerTypeFirstRep().getCodingFirstRep().getSystem();
    for (String search :
        List.of(
            "performer-type=" + role,
            "performer-type=" + system + '|' + role,
            "performer=" + role,
            "performer-type:not=nobody",
            "performer-type=" + role + "&performer=" + role,
            "performer=" + role + "&performer=" + role,
            "_sort=-performer-type")) {
      assertThat(ids(ehr, "Task?patient=" + ours + '&' + search)).as(search).containsExactly(id);
    }
    assertThat(ids(ehr, "Task?patient=" + ours + "&performer-type=nobody")).isEmpty();
    assertThat(ids(ehr, "Task?patient=" + ours + "&performer-type=nobody&performer=" + role))
        .isEmpty();
    hidden("Task?performer-type=" + role + "&_count=500");
  }

  @Test
  void ofPlacesAndAppointments() throws Exception {
    for (String search :
        List.of(
            "Appointment?actor=Patient/" + patient,
            "Appointment?actor=Practitioner/nobody",
            "Appointment?date=ge2020-01-01&actor=Patient/" + patient,
            "Location?name=none",
            "Schedule?actor=Practitioner/none",
            "Slot?schedule=none&start=ge2020-01-01",
            "PractitionerRole?practitioner=none",
            "Observation?patient=" + patient + "&code=http://loinc.org%7C8480-6&date=ge2020-01-01",
            "Encounter?patient=" + patient + "&date=ge2020-01-01",
            "DocumentReference?patient=" + patient + "&type=none")) {
      HttpResponse<String> answer = ehr.get(search);
      assertThat(answer.statusCode()).as(search + answer.body()).isEqualTo(200);
    }
  }

  @Test
  void byWhatOnlyATerminologyServerCouldAnswer() throws Exception {
    for (String search :
        List.of(
            "DocumentReference?event:above=1",
            "Observation?code:in=http://hl7.org/fhir/ValueSet/observation-codes",
            "Condition?code:below=1",
            "Condition?clinical-status:not-in=x",
            "Patient?identifier:text=x")) {
      HttpResponse<String> answer = ehr.get(search);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
      assertThat(answer.body()).contains("modifier");
    }
  }

  /** Nothing of the patient, whether it is refused or finds nothing. */
  private void hidden(String search) throws Exception {
    HttpResponse<String> answer = south.get(search.replace("|", "%7C"));
    assertThat(answer.statusCode()).as(search).isIn(200, 403);
    assertThat(answer.body()).as(search).doesNotContain("\"id\":\"" + patient, "Ana");
  }

  private List<String> posted(String type, String search) throws Exception {
    return ids(ehr.send("POST", type + "/_search", "application/x-www-form-urlencoded", search));
  }

  private static List<String> ids(Door door, String search) throws Exception {
    return ids(door.get(search.replace("|", "%7C")));
  }

  private static List<String> ids(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Door.parse(Bundle.class, answer.body()).getEntry().stream()
        .map(entry -> entry.getResource().getIdElement().getIdPart())
        .toList();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
