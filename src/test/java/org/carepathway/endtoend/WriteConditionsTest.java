package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.carepathway.RunningService;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A condition of a write that does not hold stops it, alone and in a Bundle, and changes nothing.
 */
class WriteConditionsTest extends RunningService {

  private static final String OLD = "Thu, 01 Jan 2015 00:00:00 GMT";

  private final String number = UUID.randomUUID().toString();
  private final String absent = "absent-" + number.substring(0, 8);
  private Door ehr;
  private Door south;
  private String id;

  @BeforeEach
  void send() throws Exception {
    ehr = new Door(port(), "ehr");
    south = new Door(port(), "south");
    id =
        Door.parse(Patient.class, ehr.send("POST", "Patient", patient(null, "Before")).body())
            .getIdElement()
            .getIdPart();
  }

  @Test
  void whatMustNotBeThereYetIsNotReplaced() throws Exception {
    for (String address :
        List.of("Patient/" + id, "Patient?identifier=urn:example:c%7C" + number)) {
      refused(ehr.send("PUT", address, patient(id, "After"), "If-None-Match", "*"), 412);
    }
    refused(ehr.send("POST", "", Door.JSON, bundle(id, "ifNoneMatch\":\"*")), 412);
    assertThat(ehr.get("Patient/" + id).body()).contains("Before");
    HttpResponse<String> created =
        ehr.send("PUT", "Patient/" + absent, patient(absent, "New"), "If-None-Match", "*");
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    refused(
        ehr.send("PUT", "Patient/" + absent, patient(absent, "New"), "If-None-Match", "W/\"7\""),
        400);
  }

  @Test
  void whatMustBeThereIsNotCreated() throws Exception {
    refused(
        ehr.send("PUT", "Patient/" + absent, patient(absent, "New"), "If-Match", "W/\"1\""), 412);
    refused(
        ehr.send(
            "PUT",
            "Patient?identifier=urn:example:c%7Cnone",
            patient(null, "New"),
            "If-Match",
            "W/\"1\""),
        412);
    refused(ehr.send("POST", "", Door.JSON, bundle(absent, "ifMatch\":\"W/\\\"1\\\"")), 412);
    assertThat(ehr.get("Patient/" + absent).statusCode()).isEqualTo(404);
    HttpResponse<String> hidden =
        south.send("PUT", "Patient/" + id, patient(id, "After"), "If-Match", "W/\"1\"");
    HttpResponse<String> none =
        south.send("PUT", "Patient/" + absent, patient(absent, "After"), "If-Match", "W/\"1\"");
    assertThat(hidden.statusCode()).isEqualTo(none.statusCode());
    assertThat(hidden.body().replace(id, "")).isEqualTo(none.body().replace(absent, ""));
  }

  @Test
  void aConditionThatIsNotKnownIsRefused() throws Exception {
    refused(
        ehr.send("PUT", "Patient/" + id, patient(id, "After"), "If-Unmodified-Since", OLD), 400);
    assertThat(ehr.get("Patient/" + id).body()).contains("Before");
  }

  @Test
  void anEntryIsWhatItsRequestSays() throws Exception {
    for (String odd :
        List.of(
            bundle(id, "x\":\"").replace("\"Patient/" + id, "\"Patient/" + absent),
            bundle(id, "x\":\"").replace("Patient/" + id, "Observation/" + id),
            bundle(id, "x\":\"")
                .replace("\"PUT\",\"url\":\"Patient/" + id, "\"POST\",\"url\":\"Observation"))) {
      refused(ehr.send("POST", "", Door.JSON, odd.replace(",\"x\":\"\"", "")), 400);
    }
    refused(
        ehr.send(
            "POST",
            "",
            Door.JSON,
            bundle(id, "x\":\"").replace("Patient/" + id, "").replace(",\"x\":\"\"", "")),
        403);
    assertThat(ehr.get("Patient/" + absent).statusCode()).isEqualTo(404);
    assertThat(ehr.get("Patient/" + id).body()).contains("Before");
  }

  @Test
  void whatIsAskedForInAnotherWayIsNotAnsweredInPart() throws Exception {
    for (String odd : List.of("_summary=maybe", "_summary=", "_total=maybe")) {
      refused(ehr.get("Patient?_id=" + id + '&' + odd), 400);
    }
    for (String odd : List.of("ttl", "text/turtle", "application/fhir%2Bndjson", "pdf", "x")) {
      refused(ehr.get("Patient/" + id + "?_format=" + odd), 406);
    }
    refused(ehr.get("Patient/" + id, "Accept", "text/turtle"), 406);
    for (String right :
        List.of(
            "json",
            "xml",
            "application/fhir+xml",
            "application/fhir%2Bjson",
            "text/xml",
            "application/json;charset=utf-8")) {
      assertThat(ehr.get("Patient/" + id + "?_format=" + right).statusCode())
          .as(right)
          .isEqualTo(200);
    }
    for (String right :
        List.of(
            "text/html", "*/*", "application/fhir+json;q=0.9, text/turtle", "application/pdf")) {
      assertThat(ehr.get("Patient/" + id, "Accept", right).statusCode()).as(right).isEqualTo(200);
    }
    HttpResponse<String> since = ehr.get("Patient/" + id + "/_history?_since=x");
    refused(since, 400);
    assertThat(since.body()).contains("address").doesNotContain("body");
  }

  private Patient patient(String given, String family) {
    Patient patient = new Patient();
    patient.setId(given);
    patient.addName().setFamily(family);
    patient.addIdentifier().setSystem("urn:example:c").setValue(number);
    return patient;
  }

  private static String bundle(String id, String condition) {
    return "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"%1$s\",\"name\":[{\"family\":\"After\"}]},\"request\":{\"method\":\"PUT\",\"url\":\"Patient/%1$s\",\"%2$s\"}}]}"
        .formatted(id, condition);
  }

  private static void refused(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.request() + answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("OperationOutcome");
  }
}
