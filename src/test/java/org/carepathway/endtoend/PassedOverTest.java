package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.carepathway.RunningService;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What would be passed over without a word: a parameter, a header or a condition that is not taken
 * where it stands. The answer would look like one to what was asked.
 */
class PassedOverTest extends RunningService {

  private static final String NONE = "00000000-0000-4000-8000-000000000000";
  private static final String PARAMETERS = "{\"resourceType\":\"Parameters\"%s}";
  private static final String GENDER = "http://hl7.org/fhir/ValueSet/administrative-gender";

  private final String number = UUID.randomUUID().toString();
  private Door door;
  private String id;

  @BeforeEach
  void send() throws Exception {
    door = new Door(port(), "coordinator");
    HttpResponse<String> sent = door.send("POST", "Patient", patient("Before"));
    id = Door.parse(Patient.class, sent.body()).getIdElement().getIdPart();
  }

  @Test
  void aParameterThatIsNotTakenIsNamed() throws Exception {
    String one = "Patient/" + id;
    String lookup = "code=male&system=http://hl7.org/fhir/administrative-gender";
    for (String odd :
        List.of(
            "metadata?mode=normative",
            "metadata?mode=terminology",
            "metadata?mode=x",
            "metadata?mode=full&mode=x",
            "metadata?version=1",
            one + "?_id=x",
            one + "?_lastUpdated=gt2020-01-01",
            one + "/_history/1?_since=2020-01-01",
            one + "/_history?_lastUpdated=gt2020-01-01",
            one + "/_history?_sort=_id",
            one + "/$everything?start=2020-01-01",
            one + "/$everything?end=2020-01-01",
            one + "/$everything?type=Condition",
            "ValueSet/$expand?url=" + GENDER + "&activeOnly=true",
            "ValueSet/$expand?url=" + GENDER + "&displayLanguage=es",
            "ValueSet/$validate-code?url=" + GENDER + "&code=male&display=x",
            "CodeSystem/$lookup?" + lookup + "&nonsense=1",
            "Appointment/$find?start=2040-01-01&end=2040-01-02&nonsense=x",
            "Task/" + NONE + "/$populate?local=true")) {
      refused(door.get(odd), "'" + odd.replaceAll(".*[?&](\\w+)=[^=]*$", "$1") + "'");
    }
    for (String right :
        List.of(
            "metadata?mode=full",
            "metadata?_format=json&_pretty=true",
            one + "?_format=xml&_summary=true",
            one + "?_elements=name",
            one + "/_history?_count=1&_since=2020-01-01T00:00:00Z",
            one + "/$everything?_type=Condition&_count=5",
            "CodeSystem/$lookup?" + lookup,
            "Appointment/$find?start=2040-01-01&end=2040-01-02&_count=1&specialty=x",
            "ValueSet/$expand?count=1&url=" + GENDER)) {
      HttpResponse<String> answer = door.get(right);
      assertThat(answer.statusCode()).as(right + answer.body()).isEqualTo(200);
    }
  }

  @Test
  void aWriteTakesNoParameterOfASearch() throws Exception {
    String condition = "?identifier=urn:passed%7C" + number;
    refused(door.send("POST", "Patient" + condition, patient("After")), "identifier");
    refused(door.send("PUT", "Patient/" + id + "?_id=x", patient(id, "After")), "_id");
    refused(door.send("PUT", "Patient/" + id + condition, patient(id, "After")), "identifier");
    refused(
        door.send(
            "PATCH",
            "Patient/" + id + "?_id=" + id,
            Door.JSON_PATCH,
            "[{\"op\":\"add\",\"path\":\"/language\",\"value\":\"en\"}]"),
        "_id");
    refused(door.send("POST", "?_id=x", Door.JSON, bundle("POST", "Patient", "")), "_id");
    assertThat(door.get("Patient" + condition).body()).contains("\"total\":1", "Before");
  }

  @Test
  void aParameterInTheBodyThatIsNotTakenIsNamed() throws Exception {
    String odd =
        PARAMETERS.formatted(",\"parameter\":[{\"name\":\"nonsense\",\"valueBoolean\":true}]");
    String xml =
        "<Parameters xmlns=\"http://hl7.org/fhir\"><parameter><name value=\"nonsense\"/><valueBoolean value=\"true\"/></parameter></Parameters>";
    for (String operation :
        List.of(
            "Task/" + NONE + "/$complete",
            "Task/" + NONE + "/$claim",
            "Task/" + NONE + "/$populate",
            "CarePlan/" + NONE + "/$report",
            "Patient/" + id + "/$everything",
            "ValueSet/$expand",
            "CodeSystem/$lookup",
            "Appointment/$find",
            "Questionnaire/$questionnaire-package",
            "Questionnaire/$populate")) {
      refused(door.send("POST", operation, Door.JSON, odd), "nonsense");
      refused(door.send("POST", operation, Door.XML, xml), "nonsense");
      refused(
          door.send("POST", operation + "?confirm=true", Door.JSON, PARAMETERS.formatted("")),
          "confirm");
    }
    refused(
        door.send(
            "POST",
            "Patient/" + id + "/$everything",
            Door.JSON,
            PARAMETERS.formatted(
                ",\"parameter\":[{\"name\":\"start\",\"valueDate\":\"2020-01-01\"}]")),
        "start");
  }

  @Test
  void aProfileToValidateAgainstIsNotPassedOver() throws Exception {
    String profile = "Patient/$validate?profile=http://hl7.org/fhir/StructureDefinition/";
    assertThat(door.send("POST", profile + "Observation", patient("After")).body())
        .contains("\"error\"");
    assertThat(door.send("POST", profile + "Nonsense", patient("After")).body())
        .contains("Nonsense");
    assertThat(door.send("POST", profile + "Patient", patient("After")).body())
        .doesNotContain("\"error\"");
    for (String mode : List.of("create", "update")) {
      assertThat(door.send("POST", "Patient/$validate?mode=" + mode, patient("After")).statusCode())
          .isEqualTo(200);
    }
    refused(door.send("POST", "Patient/$validate?mode=delete", patient("After")), "mode");
    refused(
        door.send(
            "POST",
            "Patient/$validate",
            Door.JSON,
            PARAMETERS.formatted(
                ",\"parameter\":[{\"name\":\"mode\",\"valueCode\":\"delete\"},{\"name\":\"resource\",\"resource\":%s}]"
                    .formatted(Door.json(patient("After"))))),
        "mode");
    refused(door.send("POST", "Patient/$validate?nonsense=1", patient("After")), "nonsense");
  }

  @Test
  void aConditionThatMeansNothingWhereItStandsIsRefused() throws Exception {
    String patch = "[{\"op\":\"add\",\"path\":\"/language\",\"value\":\"en\"}]";
    String one = "Patient/" + id;
    for (String version : List.of("W/\"1\"", "W/\"7\"")) {
      refused(door.send("POST", "Patient", patient("After"), "If-Match", version), "If-Match");
      refused(
          door.send("POST", "", Door.JSON, bundle("POST", "Patient", ""), "If-Match", version),
          "If-Match");
      refused(door.get(one, "If-Match", version), "If-Match");
      refused(door.get("Patient?_id=" + id, "If-Match", version), "If-Match");
      refused(
          door.send("POST", "Patient/$validate", patient("After"), "If-Match", version),
          "If-Match");
    }
    for (String version : List.of("*", "W/\"1\"")) {
      refused(
          door.send("POST", "Patient", patient("After"), "If-None-Match", version),
          "If-None-Match");
      refused(
          door.send("PATCH", one, Door.JSON_PATCH, patch, "If-None-Match", version),
          "If-None-Match");
    }
    String numbered = "identifier=urn:passed|" + number;
    refused(
        door.send("PUT", one, patient(id, "After"), "If-None-Exist", numbered), "If-None-Exist");
    refused(
        door.send(
            "PUT",
            "Patient?identifier=urn:passed%7Cnew-" + number,
            patient("After"),
            "If-None-Exist",
            numbered),
        "If-None-Exist");
    refused(
        door.send("PATCH", one, Door.JSON_PATCH, patch, "If-None-Exist", numbered),
        "If-None-Exist");
    refused(
        door.send("POST", "", Door.JSON, bundle("POST", "Patient", ""), "If-None-Exist", numbered),
        "If-None-Exist");
    refused(door.get(one, "If-Unmodified-Since", "Thu, 01 Jan 2015 00:00:00 GMT"), "If-Match");
    assertThat(door.get(one).body()).contains("Before").doesNotContain("After", "language");
    assertThat(door.get("Patient?" + numbered.replace("|", "%7C")).body()).contains("\"total\":1");
  }

  @Test
  void aConditionOfAnEntryThatMeansNothingIsRefused() throws Exception {
    String numbered = "urn:passed%7C" + number;
    for (String odd :
        List.of(
            bundle("POST", "Patient", ",\"ifMatch\":\"W/\\\"1\\\"\""),
            bundle("POST", "Patient", ",\"ifNoneMatch\":\"*\""),
            bundle("PUT", "Patient/" + id, ",\"ifNoneExist\":\"identifier=x\""),
            bundle("PUT", "Patient?identifier=new", ",\"ifNoneExist\":\"identifier=x\""),
            bundle("PUT", "Patient/" + id, ",\"ifNoneMatch\":\"W/\\\"7\\\"\""))) {
      refused(door.send("POST", "", Door.JSON, odd), "Bundle.entry[0]");
    }
    for (String stale :
        List.of(
            bundle("PUT", "Patient?identifier=" + numbered, ",\"ifMatch\":\"W/\\\"7\\\"\""),
            bundle("PUT", "Patient?identifier=" + numbered, ",\"ifNoneMatch\":\"*\""),
            bundle("PUT", "Patient?identifier=none-" + numbered, ",\"ifMatch\":\"W/\\\"1\\\"\""))) {
      HttpResponse<String> answer = door.send("POST", "", Door.JSON, stale);
      assertThat(answer.statusCode()).as(stale + answer.body()).isEqualTo(412);
    }
    String address = "Patient?identifier=" + numbered;
    assertThat(door.send("PUT", address, patient("After"), "If-Match", "W/\"7\"").statusCode())
        .isEqualTo(412);
    assertThat(door.get("Patient/" + id).body()).contains("Before");
    HttpResponse<String> current =
        door.send(
            "POST",
            "",
            Door.JSON,
            bundle("PUT", "Patient?identifier=" + numbered, ",\"ifMatch\":\"W/\\\"1\\\"\""));
    assertThat(current.statusCode()).as(current.body()).isEqualTo(200);
    assertThat(door.get("Patient/" + id + "/_history/2").body()).contains("After");
    Patient again = Door.parse(Patient.class, door.get("Patient/" + id).body());
    again.addIdentifier().setSystem("urn:passed").setValue(number);
    assertThat(door.send("PUT", "Patient/" + id, again.setId("Patient/" + id)).statusCode())
        .isEqualTo(200);
    HttpResponse<String> alone = door.send("PUT", address, patient("Alone"), "If-Match", "W/\"3\"");
    assertThat(alone.statusCode()).as(alone.body()).isEqualTo(200);
  }

  @Test
  void aReadKnowsItsConditions() throws Exception {
    String one = "Patient/" + id;
    for (String same : List.of("W/\"1\"", "\"1\"")) {
      assertThat(door.get(one, "If-None-Match", same).statusCode()).as(same).isEqualTo(304);
    }
    assertThat(door.get(one, "If-None-Match", "W/\"7\"").statusCode()).isEqualTo(200);
    for (String prefer :
        List.of(
            "return=nonsense",
            "handling=lenient",
            "respond-async",
            "nonsense",
            "return",
            "return=",
            "=",
            ",;",
            "return=minimal=x")) {
      HttpResponse<String> created =
          door.send("POST", "Patient", patient("Preferred"), "Prefer", prefer);
      assertThat(created.statusCode()).as(prefer + created.body()).isEqualTo(201);
      assertThat(new IdType(created.headers().firstValue("Location").orElseThrow()).hasIdPart())
          .isTrue();
    }
    for (String minimal : List.of("return=minimal", "handling=strict, return=minimal; wait=1")) {
      assertThat(door.send("POST", "Patient", patient("Preferred"), "Prefer", minimal).body())
          .isEmpty();
    }
    assertThat(
            door.send("POST", "Patient", patient("Preferred"), "Prefer", "return=OperationOutcome")
                .body())
        .contains("OperationOutcome");
  }

  /** Headers of HAPI's own that no standard has change nothing. */
  @Test
  void headersOfTheStoreAreNotTaken() throws Exception {
    Patient after = patient(id, "After");
    after.getMeta().setVersionId("1");
    refused(
        door.send("PUT", "Patient/" + id, after, "X-Rewrite-History", "true"), "X-Rewrite-History");
    refused(
        door.send("PUT", "Patient/" + id, after, "X-Upsert-Extistence-Check", "disabled"),
        "X-Upsert-Extistence-Check");
    assertThat(door.get("Patient/" + id).body()).contains("Before");
    for (String odd : List.of("no-store, max-results=x", "no-store, max-results=-1")) {
      refused(door.get("Patient?_id=" + id, "Cache-Control", odd), "max-results");
    }
    assertThat(door.get("Patient?_id=" + id, "Cache-Control", "no-cache").statusCode())
        .isEqualTo(200);
  }

  private Patient patient(String family) {
    return patient(null, family);
  }

  private Patient patient(String given, String family) {
    Patient patient = new Patient();
    patient.setId(given);
    patient.addName().setFamily(family);
    patient.addIdentifier().setSystem("urn:passed").setValue(number);
    return patient;
  }

  private String bundle(String method, String url, String condition) {
    String own = url.startsWith("Patient/") ? ",\"id\":\"" + id + '"' : "";
    return "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\"%s,\"name\":[{\"family\":\"After\"}]},\"request\":{\"method\":\"%s\",\"url\":\"%s\"%s}}]}"
        .formatted(own, method, url, condition);
  }

  private static void refused(HttpResponse<String> answer, String named) {
    assertThat(answer.statusCode()).as(answer.request() + answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("OperationOutcome", named);
  }
}
