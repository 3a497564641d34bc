package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.carepathway.RunningService;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Profiles of others are kept as they were sent and not checked; ours are checked. */
class ForeignProfilesTest extends RunningService {

  private static final List<String> FOREIGN =
      List.of(
          "http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient",
          "http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient|6.1.0",
          "http://hl7.org/fhir/uv/ips/StructureDefinition/Patient-uv-ips",
          "https://fhir.hl7.org.uk/StructureDefinition/UKCore-Patient|2.4.0",
          "https://gematik.de/fhir/isik/StructureDefinition/ISiKPatient",
          "http://hl7.org/fhir/StructureDefinition/of-another-release",
          "urn:oid:2.16.840.1.113883.3.1");

  /** Ours, but there is none. */
  private static final List<String> OURS =
      List.of(
          "https://carepathway.org/fhir/StructureDefinition/none",
          "https://carepathway.org/fhir/StructureDefinition/pathway-task|0.0.1");

  private Door door;

  @BeforeEach
  void signIn() {
    door = new Door(port(), "ehr");
  }

  private static Patient patient(String... profiles) {
    Patient patient = new Patient();
    patient.setId(UUID.randomUUID().toString());
    for (String profile : profiles) {
      patient.getMeta().addProfile(profile);
    }
    patient.addName().setFamily("Foreign").addGiven("Ida");
    return patient;
  }

  @Test
  void aForeignProfileIsKeptOnEveryWayIn() throws Exception {
    Patient all = patient(FOREIGN.toArray(String[]::new));
    String id = all.getIdElement().getIdPart();
    ok(door.send("PUT", "Patient/" + id, all));
    assertThat(profiles(id)).containsExactlyInAnyOrderElementsOf(FOREIGN);

    Patient posted = patient(FOREIGN.get(0));
    posted.setId((String) null);
    ok(door.send("POST", "Patient", posted));
    ok(
        door.send(
            "POST",
            "Patient",
            Door.XML,
            ca.uhn.fhir.context.FhirContext.forR4Cached()
                .newXmlParser()
                .encodeResourceToString(posted)));
    ok(
        door.send(
            "PATCH",
            "Patient/" + id,
            Door.JSON_PATCH,
            "[{\"op\":\"add\",\"path\":\"/meta/profile/0\",\"value\":\"https://else.example/p|1\"}]"));
    assertThat(profiles(id)).contains("https://else.example/p|1").contains(FOREIGN.get(3));
    for (Bundle.BundleType type : List.of(Bundle.BundleType.TRANSACTION, Bundle.BundleType.BATCH)) {
      Bundle bundle = new Bundle().setType(type);
      bundle
          .addEntry()
          .setFullUrl("urn:uuid:" + UUID.randomUUID())
          .setResource(posted)
          .getRequest()
          .setMethod(Bundle.HTTPVerb.POST)
          .setUrl("Patient");
      HttpResponse<String> sent = door.send("POST", "", bundle);
      ok(sent);
      assertThat(sent.body()).contains("201 Created");
    }
  }

  @Test
  void validateSaysThatItWasNotChecked() throws Exception {
    OperationOutcome said =
        Door.outcome(door.send("POST", "Patient/$validate", patient(FOREIGN.get(0))));
    assertThat(said.getIssue())
        .noneMatch(issue -> issue.getSeverity() == IssueSeverity.ERROR)
        .anySatisfy(
            issue -> {
              assertThat(issue.getSeverity()).isEqualTo(IssueSeverity.INFORMATION);
              assertThat(issue.getDiagnostics()).contains("not checked", FOREIGN.get(0));
            });
  }

  @Test
  void oneOfOursThatIsNotThereIsAFault() throws Exception {
    for (String profile : OURS) {
      HttpResponse<String> refused = door.send("POST", "Patient", patient(profile, FOREIGN.get(0)));
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
      assertThat(refused.body()).contains(profile);
    }
  }

  @Test
  void oursIsStillChecked() throws Exception {
    String ours =
        """
        {"resourceType":"MedicationStatement","meta":{"profile":["http://hl7.org/fhir/us/core/x",
        "https://carepathway.org/fhir/StructureDefinition/medication-statement"]},
        "status":"active","subject":{"reference":"Patient/none"}}""";
    HttpResponse<String> refused = door.send("POST", "MedicationStatement", Door.JSON, ours);
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
  }

  @Test
  void whatR4ItselfForbidsStaysForbidden() throws Exception {
    HttpResponse<String> refused =
        door.send(
            "POST",
            "Patient",
            Door.JSON,
            "{\"resourceType\":\"Patient\",\"meta\":{\"profile\":[\"%s\"]},\"colour\":\"blue\"}"
                .formatted(FOREIGN.get(0)));
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("colour");
  }

  private List<String> profiles(String id) throws Exception {
    return Door.parse(Patient.class, door.get("Patient/" + id).body())
        .getMeta()
        .getProfile()
        .stream()
        .map(CanonicalType::getValue)
        .toList();
  }

  private static void ok(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
  }
}
