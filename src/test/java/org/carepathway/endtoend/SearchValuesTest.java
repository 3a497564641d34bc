package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.carepathway.RunningService;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A modifier or value that the store would pass over is refused: it would answer something else.
 */
class SearchValuesTest extends RunningService {

  private static final Map<String, List<String>> TAKEN =
      Map.of(
          "name", List.of("exact", "missing"),
          "gender", List.of("not", "missing"),
          "birthdate", List.of("missing"),
          "organization", List.of("missing", "Organization"),
          "_id", List.of("not"),
          "_tag", List.of("not"),
          "_lastUpdated", List.of());

  private static final List<String> MODIFIERS =
      List.of(
          "exact",
          "contains",
          "missing",
          "not",
          "in",
          "not-in",
          "above",
          "below",
          "text",
          "identifier",
          "of-type",
          "Organization",
          "Patient",
          "iterate",
          "nickname",
          "mdm",
          "x",
          "");

  private Door door;
  private Door auditor;

  @BeforeEach
  void open() {
    door = new Door(port(), "coordinator");
    auditor = new Door(port(), "auditor");
  }

  @Test
  void whetherSomethingIsMissingIsTrueOrFalse() throws Exception {
    for (String odd :
        List.of(
            "=x",
            "=",
            "=TRUE",
            "=true,false",
            "=1",
            "=x&%1$s:missing=y",
            "=true&%1$s:missing=false")) {
      for (String name : List.of("birthdate", "gender", "name", "organization")) {
        HttpResponse<String> answer =
            door.get("Patient?" + name + ":missing" + odd.formatted(name));
        assertThat(answer.statusCode()).as(odd + answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains(name + ":missing", "true or false");
      }
    }
  }

  @Test
  void onlyTheModifiersThatTheStoreKnowsAreTaken() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, List<String>> parameter : TAKEN.entrySet()) {
      for (String modifier : MODIFIERS) {
        String search =
            "Patient?%s:%s=%s"
                .formatted(
                    parameter.getKey(),
                    modifier,
                    modifier.equals("missing") ? "true" : value(parameter.getKey()));
        HttpResponse<String> answer = door.get(search);
        boolean taken = parameter.getValue().contains(modifier);
        if (answer.statusCode() != (taken ? 200 : 400)) {
          wrong.add(search + ' ' + answer.statusCode() + ' ' + answer.body());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void controlsHaveNoModifiers() throws Exception {
    for (String search :
        List.of(
            "_count:missing=true",
            "_sort:x=name",
            "_summary:not=count",
            "_include:x=Patient:organization",
            "_total:exact=none",
            "_elements:missing=true")) {
      assertThat(door.get("Patient?" + search).statusCode()).as(search).isEqualTo(400);
    }
    assertThat(door.get("Patient?_include:iterate=Patient:organization&_id=x").statusCode())
        .isEqualTo(200);
  }

  @Test
  void whatIsTakenFindsWhatItSays() throws Exception {
    Patient patient = new Patient();
    patient.addName().setFamily("Modificada").addGiven("Una");
    patient.addIdentifier().setSystem("urn:example:values").setValue("v1");
    String id =
        Door.parse(Patient.class, door.send("POST", "Patient", patient).body())
            .getIdElement()
            .getIdPart();
    for (String finding :
        List.of(
            "birthdate:missing=true",
            "gender:missing=true",
            "organization:missing=true",
            "name:missing=false",
            "family:exact=Modificada",
            "gender:not=male")) {
      assertThat(found(id, finding)).as(finding).isTrue();
    }
    for (String other :
        List.of(
            "birthdate:missing=false",
            "gender:missing=false",
            "organization:missing=false",
            "name:missing=true",
            "family:exact=modificada",
            "_id:not=" + id,
            "organization:Organization=none")) {
      assertThat(found(id, other)).as(other).isFalse();
    }
  }

  @Test
  void anIdIsAnId() throws Exception {
    for (String odd :
        List.of(
            "urn%3Auuid%3A",
            "urn:uuid:x",
            "%23",
            "a_b",
            "Patient/",
            "/Patient",
            "a,%24",
            "a/b/c",
            "x".repeat(65),
            "%C3%A9")) {
      for (Door one : List.of(door, auditor)) {
        HttpResponse<String> answer = one.get("Location?_id=" + odd);
        assertThat(answer.statusCode()).as(odd + answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("_id", "64");
      }
      assertThat(auditor.get("AuditEvent?_id=" + odd).statusCode()).isEqualTo(400);
    }
    for (String right : List.of("a", "a,b", "Location/a", "A.b-1", "x".repeat(64))) {
      assertThat(auditor.get("Location?_id=" + right).statusCode()).as(right).isEqualTo(200);
    }
  }

  @Test
  void aReferenceThatNamesNothingFindsNothing() throws Exception {
    for (String odd :
        List.of(
            "urn%3Auuid%3A",
            "urn:uuid:x",
            "%23",
            "%23x",
            "Patient/",
            "/Patient",
            "Patient/a_b",
            "a/b/c",
            "http://[::1",
            "%7C",
            "$",
            "Nonsense/1",
            "?",
            "Patient?identifier=x")) {
      for (String name :
          List.of("patient", "subject", "encounter", "subject:Patient", "performer")) {
        for (String user : List.of("coordinator", "nurse", "south", "referrer")) {
          HttpResponse<String> answer =
              new Door(port(), user).get("Observation?" + name + "=" + odd);
          assertThat(answer.statusCode()).as(name + '=' + odd + answer.body()).isIn(200, 400, 403);
          if (answer.statusCode() == 200) {
            assertThat(Door.parse(Bundle.class, answer.body()).getEntry()).as(odd).isEmpty();
          }
        }
      }
      for (String search : List.of("patient=", "agent=")) {
        assertThat(auditor.get("AuditEvent?" + search + odd).statusCode()).as(odd).isIn(200, 400);
      }
    }
  }

  @Test
  void prefixesWithNothingBehindThemAreRefused() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (String search :
        List.of(
            "Patient?birthdate=ge",
            "Patient?birthdate=xx2026",
            "Patient?birthdate=gege2026",
            "Patient?birthdate=2026-13",
            "Patient?birthdate=2026-01-01T",
            "Patient?birthdate=ap",
            "Patient?_lastUpdated=ne",
            "Patient?_lastUpdated=gt2026-01-01T99:00:00Z",
            "RiskAssessment?probability=ge",
            "RiskAssessment?probability=x")) {
      HttpResponse<String> answer = door.get(search);
      if (answer.statusCode() != 400 || answer.body().contains("The body")) {
        wrong.add(search + ' ' + answer.statusCode() + ' ' + answer.body());
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void whatIsAskedTwiceIsAskedOnce() throws Exception {
    for (String search :
        List.of(
            "birthdate=2026-01&birthdate=2026-01",
            "_id=x&_id=Patient/x",
            "organization=x&organization=Organization/x",
            "gender=male&gender=male",
            "_tag=x&_tag=x",
            "name=a&name=a&name=a")) {
      HttpResponse<String> answer = door.get("Patient?" + search);
      assertThat(answer.statusCode()).as(search + answer.body()).isEqualTo(200);
    }
  }

  private boolean found(String id, String search) throws Exception {
    HttpResponse<String> answer =
        door.get("Patient?identifier=urn:example:values%7Cv1&_sort=-_lastUpdated&" + search);
    assertThat(answer.statusCode()).as(search + answer.body()).isEqualTo(200);
    return Door.parse(Bundle.class, answer.body()).getEntry().stream()
        .anyMatch(entry -> entry.getResource().getIdElement().getIdPart().equals(id));
  }

  private static String value(String parameter) {
    return switch (parameter) {
      case "birthdate", "_lastUpdated" -> "2026-01-01";
      default -> "x";
    };
  }
}
