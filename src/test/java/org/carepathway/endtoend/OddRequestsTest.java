package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.carepathway.RunningService;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are odd, stale, too much or not allowed: the right status, and why in words. */
class OddRequestsTest extends RunningService {

  private static final String NUL = "\\u0000";
  private static final String HALF = "\\ud800";

  private Door door;
  private Door nurse;
  private static String patient;

  @BeforeEach
  void send() throws Exception {
    door = new Door(port(), "coordinator");
    nurse = new Door(port(), "nurse");
    if (patient == null) {
      patient = new FhirClient(port()).sendPatient("torp-carol.json");
    }
  }

  @Test
  void aStaleVersionIs412AndTheCurrentOneIsTaken() throws Exception {
    Patient read = Door.parse(Patient.class, door.get("Patient/" + patient).body());
    String current = "W/\"" + read.getMeta().getVersionId() + '"';
    read.setLanguage("en");
    HttpResponse<String> taken = door.send("PUT", "Patient/" + patient, read, "If-Match", current);
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);

    read.setLanguage("es");
    String patch = "[{\"op\":\"add\",\"path\":\"/language\",\"value\":\"es\"}]";
    for (String stale : List.of(current, "W/\"999\"", "\"999\"")) {
      refused(door.send("PUT", "Patient/" + patient, read, "If-Match", stale), 412, "version");
      refused(
          door.send("PATCH", "Patient/" + patient, Door.JSON_PATCH, patch, "If-Match", stale),
          412,
          "version");
    }
    Bundle bundle = bundle(Bundle.HTTPVerb.PUT, "Patient/" + patient, read);
    bundle.getEntryFirstRep().getRequest().setIfMatch(current);
    refused(door.send("POST", "", bundle), 412, "version");
    assertThat(door.get("Patient/" + patient).body()).doesNotContain("\"language\":\"es\",\"");
  }

  @Test
  void headIsAnsweredAsGetWithoutBody() throws Exception {
    for (String address :
        List.of(
            "metadata",
            "Patient/" + patient,
            "Patient/" + patient + "/_history/1",
            "Patient/" + patient + "/_history",
            "Patient?_id=" + patient,
            "Patient/" + patient + "/$everything",
            "Patient/nobody",
            "Patient?unknown=1")) {
      HttpResponse<String> get = door.get(address);
      HttpResponse<String> head = door.send("HEAD", address, Door.JSON, "");
      assertThat(head.statusCode()).as(address).isEqualTo(get.statusCode());
      assertThat(head.body()).as(address).isEmpty();
      assertThat(head.headers().firstValue("ETag")).isEqualTo(get.headers().firstValue("ETag"));
      assertThat(head.headers().firstValue("Content-Type"))
          .isEqualTo(get.headers().firstValue("Content-Type"));
    }
  }

  /** What would be passed over would find more than was asked for. */
  @Test
  void aSearchOrConditionOfWhichAPartCannotBeReadIsRefused() throws Exception {
    String named = "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"P\"}]}";
    String form = "application/x-www-form-urlencoded";
    for (String bad : List.of("_id=%", "_id=%ZZ", "_id=x%2", "_id=x&name=%G1", "%=x")) {
      refused(door.send("POST", "Patient/_search", form, bad), 400, "%25");
      for (String where : List.of("Patient?", "Patient/_search?")) {
        assertThat(rawStatus("GET", "/fhir/" + where + bad)).as(where + bad).isEqualTo(400);
      }
      HttpResponse<String> batch =
          door.send(
              "POST",
              "",
              Door.JSON,
              "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[{\"request\":{\"method\":\"GET\",\"url\":\"Patient?%s\"}}]}"
                  .formatted(bad));
      assertThat(batch.statusCode()).as(batch.body()).isEqualTo(200);
      assertThat(batch.body()).contains("\"400 Bad Request\"");
    }
    for (String bad : List.of("identifier=%ZZ", "identifier=a|%", "?identifier=%2")) {
      refused(door.send("POST", "Patient", Door.JSON, named, "If-None-Exist", bad), 400, "%25");
      Bundle bundle = bundle(Bundle.HTTPVerb.POST, "Patient", Door.parse(Patient.class, named));
      bundle.getEntryFirstRep().getRequest().setIfNoneExist(bad);
      refused(door.send("POST", "", bundle), 400, "%25");
      bundle.getEntryFirstRep().getRequest().setIfNoneExist(null);
      bundle.getEntryFirstRep().getRequest().setMethod(Bundle.HTTPVerb.PUT);
      bundle.getEntryFirstRep().getRequest().setUrl("Patient?" + bad.replace("?", ""));
      refused(door.send("POST", "", bundle), 400, "%25");
    }
    refused(
        door.send(
            "POST",
            "Patient",
            Door.JSON,
            named,
            "If-None-Exist",
            "identifier=a|1",
            "If-None-Exist",
            "identifier=a|2"),
        400,
        "If-None-Exist");
    for (String type : List.of(Door.JSON, "text/plain", "multipart/form-data; boundary=x")) {
      refused(door.send("POST", "Patient/_search", type, named), 400, form);
    }
    HttpResponse<String> right =
        door.send("POST", "Patient/_search", form + "; charset=utf-8", "_id=" + patient);
    assertThat(right.body()).as(right.body()).contains("\"total\":1");
    refused(
        door.send(
            "POST", "", Door.JSON, "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":{}}"),
        400,
        "Bundle.entry");
  }

  @Test
  void aMethodThatIsNotKnownIsNamed() throws Exception {
    for (String method : List.of("QUERY", "PURGE", "get")) {
      HttpResponse<String> answer = door.send(method, "Patient/" + patient, Door.JSON, "");
      assertThat(answer.statusCode()).as(method).isEqualTo(501);
      assertThat(answer.body()).contains("OperationOutcome", "method");
    }
  }

  /** A version in the address means what one in If-Match means. */
  @Test
  void aVersionInTheAddressOfAPutMustBeTheCurrentOne() throws Exception {
    String id = java.util.UUID.randomUUID().toString();
    Patient sent = new Patient();
    sent.addName().setFamily("Versioned");
    sent.setId(id);
    refused(door.send("PUT", "Patient/" + id + "/_history/1", sent), 412, "If-Match");
    assertThat(door.send("PUT", "Patient/" + id, sent).statusCode()).isEqualTo(201);
    sent.setLanguage("en");
    refused(door.send("PUT", "Patient/" + id + "/_history/7", sent), 412, "version");
    assertThat(door.send("PUT", "Patient/" + id + "/_history/1", sent).statusCode()).isEqualTo(200);
  }

  /** As it stands: a client of Java escapes by itself. */
  private int rawStatus(String method, String address) throws Exception {
    try (java.net.Socket socket = new java.net.Socket("localhost", port())) {
      String basic =
          java.util.Base64.getEncoder().encodeToString("coordinator:coordinator".getBytes());
      socket
          .getOutputStream()
          .write(
              "%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic %s\r\nConnection: close\r\n\r\n"
                  .formatted(method, address, basic)
                  .getBytes());
      return Integer.parseInt(new String(socket.getInputStream().readAllBytes()).substring(9, 12));
    }
  }

  @Test
  void oddHeadersAre400AndNamed() throws Exception {
    Patient read = Door.parse(Patient.class, door.get("Patient/" + patient).body());
    for (String match :
        List.of("*", "x", "W/\"x\"", "W/\"1\", W/\"2\"", "-1", "W/\"99999999999\"")) {
      refused(door.send("PUT", "Patient/" + patient, read, "If-Match", match), 400, "If-Match");
      refused(
          door.send(
              "POST",
              "Task/x/$claim",
              Door.JSON,
              "{\"resourceType\":\"Parameters\"}",
              "If-Match",
              match),
          400,
          "If-Match");
    }
    for (String header : List.of("If-Modified-Since", "If-Unmodified-Since")) {
      for (String date : List.of("x", "2026-01-01", "0")) {
        refused(door.get("Patient/" + patient, header, date), 400, header);
      }
    }
    for (String header :
        List.of("If-None-Match", "Prefer", "Accept", "Accept-Language", "If-Range")) {
      for (String value : List.of("*", "x", "W/\"x\"", "\u00e9", ",;=", "return=x")) {
        fine(door.get("Patient/" + patient, header, value));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient?_offset=-1",
        "Patient?_offset=x",
        "Patient?_count=-1",
        "Patient?_count=x",
        "Patient?_count=99999999999",
        "Patient?family=%00",
        "Patient?family=a%00b",
        "Patient?identifier=%00%7Cx",
        "Observation?code=%00",
        "Patient?_sort=%00",
        "?_getpages=x%00&_getpagesoffset=0"
      })
  void oddSearchesAre400(String search) throws Exception {
    refused(door.get(search), 400, "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient?birthdate=tomorrow",
        "Patient?_lastUpdated=x",
        "Patient?_id=%00",
        "Patient?_include=%00",
        "Patient?_include=x",
        "Patient?_summary=x",
        "Patient?_total=x",
        "Patient?_elements=%F0%9F%92%A9",
        "Patient?family=%ED%A0%80",
        "Patient?family=%FF",
        "Patient?family=%C0%80",
        "Patient/a%00b",
        "Patient/%FF",
        "Patient/x/_history/x",
        "Patient/x/_history/99999999999",
        "Patient?_format=x",
        "Observation?value-quantity=x",
        "Observation?date=eq",
        "Observation?date=gt2000-13-45",
        "Task?period=x",
        "Patient?gender:missing=x",
        "Patient?identifier=%7C%7C%7C",
        "Patient?fam%00ily=a",
        "Patient?_sort=-",
        "Questionnaire?url=%00",
        "ValueSet/$expand?url=%00",
        "ValueSet/$expand?url=%20",
        "_history?_count=-1",
        "?_getpages=x"
      })
  void noAddressMakesItFail(String search) throws Exception {
    fine(door.get(search));
  }

  @Test
  void aBadDateInASearchIsNoBody() throws Exception {
    HttpResponse<String> answer = door.get("Patient?birthdate=tomorrow");
    refused(answer, 400, "tomorrow");
    assertThat(answer.body()).doesNotContain("The body");
  }

  @Test
  void aPostedSearchIsNoOther() throws Exception {
    refused(
        door.send("POST", "Patient/_search", "application/x-www-form-urlencoded", "family=%00"),
        400,
        "U+0000");
    refused(
        door.send(
            "POST",
            "Patient",
            Door.JSON,
            Door.json(new Patient()),
            "If-None-Exist",
            "identifier=%00"),
        400,
        "U+0000");
    Patient sent = new Patient();
    sent.setManagingOrganization(new Reference("Organization?identifier=%00"));
    refused(door.send("POST", "Patient", sent), 400, "");
  }

  @Test
  void textThatCannotBeStoredIsRefused() throws Exception {
    for (String odd : List.of(NUL, HALF, "\\udc00x", "x\\ud83d")) {
      String name = "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"%s\"}]}".formatted(odd);
      refused(door.send("POST", "Patient", Door.JSON, name), 400, "name[0].family");
      refused(
          door.send(
              "POST",
              "Patient",
              Door.JSON,
              "{\"resourceType\":\"Patient\",\"%s\":1}".formatted(odd)),
          400,
          "U+0000");
      refused(
          door.send(
              "PATCH",
              "Patient/" + patient,
              Door.JSON_PATCH,
              "[{\"op\":\"add\",\"path\":\"/language\",\"value\":\"%s\"}]".formatted(odd)),
          400,
          "U+0000");
      refused(
          door.send(
              "POST",
              "",
              Door.JSON,
              """
              {"resourceType":"Bundle","type":"transaction","entry":[{"resource":%s,
              "request":{"method":"POST","url":"Patient"}}]}"""
                  .formatted(name)),
          400,
          "entry[0]");
    }
    for (String odd : List.of("&#0;", "&#xD800;", "&#xFFFF;")) {
      refused(
          door.send(
              "POST",
              "Patient",
              Door.XML,
              "<Patient xmlns=\"http://hl7.org/fhir\"><name><family value=\"%s\"/></name></Patient>"
                  .formatted(odd)),
          400,
          "");
    }
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() throws Exception {
    String name = "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Jos\u00e9\"}]}";
    byte[] latin = name.getBytes(StandardCharsets.ISO_8859_1);
    refused(
        door.send("POST", "Patient", Door.JSON, BodyPublishers.ofByteArray(latin)), 400, "UTF-8");
    HttpResponse<String> taken = door.send("POST", "Patient", Door.JSON, name);
    assertThat(taken.statusCode()).isEqualTo(201);
    assertThat(taken.body()).contains("Jos\u00e9");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "\"x\"",
        "1",
        "[null]",
        "[{}]",
        "[{\"op\":\"frobnicate\",\"path\":\"/x\"}]",
        "[{\"op\":\"remove\"}]",
        "[{\"op\":\"remove\",\"path\":\"\"}]",
        "[{\"op\":\"remove\",\"path\":null}]",
        "[{\"op\":\"add\",\"path\":\"/language\"}]",
        "[{\"op\":\"move\",\"path\":\"/language\"}]",
        "[{\"op\":\"remove\",\"path\":\"/nothing/here\"}]",
        "[{\"op\":\"add\",\"path\":\"/name/99/family\",\"value\":\"x\"}]",
        "[{\"op\":\"test\",\"path\":\"/gender\",\"value\":\"purple\"}]",
        "[{\"op\":\"replace\",\"path\":\"/resourceType\",\"value\":\"Observation\"}]",
        "[{\"op\":\"replace\",\"path\":\"/id\",\"value\":\"other\"}]",
        "[{\"op\":\"add\",\"path\":\"/name\",\"value\":3}]",
        "[{\"op\":\"add\",\"path\":\"/name\",\"value\":null}]",
        "[{\"op\":\"add\""
      })
  void aJsonPatchThatIsNoneIsRefused(String patch) throws Exception {
    HttpResponse<String> answer = door.send("PATCH", "Patient/" + patient, Door.JSON_PATCH, patch);
    assertThat(answer.statusCode()).as(patch + answer.body()).isBetween(400, 422);
    assertThat(answer.body()).contains("OperationOutcome").doesNotContain("\tat ", "ca.uhn.fhir");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"resourceType\":\"Patient\"}",
        "{\"resourceType\":\"Parameters\"}",
        "{}",
        "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"other\"}]}",
        "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"operation\"}]}",
        "{'resourceType':'Parameters','parameter':[{'name':'operation','part':[{'name':'type','valueCode':'frobnicate'},{'name':'path','valueString':'Patient'}]}]}",
        "{'resourceType':'Parameters','parameter':[{'name':'operation','part':[{'name':'type','valueCode':'delete'},{'name':'path','valueString':'Patient..(('}]}]}",
        "{'resourceType':'Parameters','parameter':[{'name':'operation','part':[{'name':'type','valueCode':'delete'}]}]}",
        "{'resourceType':'Parameters','parameter':[{'name':'operation','part':[{'name':'type','valueCode':'replace'},{'name':'path','valueString':'Patient.gender'},{'name':'value','valueCode':'purple'}]}]}",
        "{'resourceType':'Parameters','parameter':[{'name':'operation','part':[{'name':'type','valueCode':'replace'},{'name':'path','valueString':'Observation.status'},{'name':'value','valueCode':'final'}]}]}",
        "{'resourceType':'Parameters','parameter':[{'name':'operation','part':[{'name':'type','valueCode':'insert'},{'name':'path','valueString':'Patient.name'},{'name':'index','valueInteger':99},{'name':'value','valueString':'x'}]}]}",
        "{'resourceType':'Parameters','parameter':[{'name':'operation','part':[{'name':'type','valueCode':'add'},{'name':'path','valueString':'Patient'},{'name':'name','valueString':'colour'},{'name':'value','valueString':'x'}]}]}",
        "{'resourceType':'Parameters','parameter':[{'name':'operation','part':[{'name':'type','valueCode':'move'},{'name':'path','valueString':'Patient.name'},{'name':'source','valueInteger':7},{'name':'destination','valueInteger':-1}]}]}"
      })
  void aFhirPathPatchThatIsNoneIsRefused(String patch) throws Exception {
    HttpResponse<String> answer =
        door.send("PATCH", "Patient/" + patient, Door.JSON, patch.replace('\'', '"'));
    assertThat(answer.statusCode()).as(patch + answer.body()).isBetween(400, 422);
    assertThat(answer.body()).contains("OperationOutcome").doesNotContain("\tat ");
  }

  /** Programs of Windows write one in front of UTF-8. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Marked\"}]}",
        "<Patient xmlns=\"http://hl7.org/fhir\"><name><family value=\"Marked\"/></name></Patient>"
      })
  void aByteOrderMarkSaysNothing(String body) throws Exception {
    String type = body.startsWith("<") ? "application/fhir+xml" : Door.JSON;
    HttpResponse<String> answer = door.send("POST", "Patient/$validate", type, "\uFEFF" + body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("OperationOutcome");
    assertThat(door.send("POST", "Patient", type, "\uFEFF" + body).statusCode())
        .isEqualTo(door.send("POST", "Patient", type, body).statusCode());
  }

  @Test
  void noAnswerTellsOfTables() throws Exception {
    String much = "x".repeat(5_000);
    String words =
        new java.util.Random(1)
            .ints(40_000, 'a', 'z')
            .mapToObj(c -> "" + (char) c)
            .collect(java.util.stream.Collectors.joining())
            .replace('q', ' ')
            .strip();
    fine(
        door.send(
            "POST",
            "Patient",
            Door.JSON,
            "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"%s\"}]}".formatted(words)));
    for (String body :
        List.of(
            "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"%1$s\",\"value\":\"%1$s\"}]}",
            "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"%s\"}]}",
            "{\"resourceType\":\"Patient\",\"meta\":{\"source\":\"%s\"}}",
            "{\"resourceType\":\"Patient\",\"meta\":{\"tag\":[{\"system\":\"%1$s\",\"code\":\"%1$s\"}]}}",
            "{\"resourceType\":\"Patient\",\"managingOrganization\":{\"reference\":\"Organization/%s\"}}",
            "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"coding\":[{\"code\":\"%s\"}]}}")) {
      fine(door.send("POST", "Patient", Door.JSON, body.formatted(much)));
    }
    fine(
        door.send(
            "POST",
            "Patient",
            Door.JSON,
            Door.json(new Patient()),
            "If-None-Exist",
            "identifier=x|" + much));
    Patient numbered = new Patient();
    numbered
        .addIdentifier()
        .setSystem("https://example.org/x")
        .setValue(words.replace(" ", "").substring(0, 3_000));
    HttpResponse<String> conditional =
        door.send(
            "POST",
            "Patient",
            Door.JSON,
            Door.json(numbered),
            "If-None-Exist",
            "identifier=https://example.org/x|" + numbered.getIdentifierFirstRep().getValue());
    refused(conditional, 422, "shorter");
    ServiceRequest referral = FhirClient.referral(patient);
    referral.getIdentifierFirstRep().setValue(much);
    fine(door.send("POST", "ServiceRequest", referral));
    fine(door.send("PUT", "Patient/" + much, new Patient()));
  }

  @Test
  void everyRefusalIsAnOperationOutcome() throws Exception {
    refused(new Door(port(), null).get("Patient"), 401, "Sign in");
    refused(new Door(port(), "nobody").get("Patient"), 401, "Sign in");
    refused(new Door(port(), null).get("Patient", "Authorization", "Bearer x.y.z"), 401, "Sign in");
    HttpResponse<String> large =
        door.send("POST", "Patient", Door.JSON, " ".repeat(6 * 1024 * 1024));
    refused(large, 413, "5120 kB");
    refused(
        door.send(
            "POST",
            "Patient",
            Door.JSON,
            BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(new byte[9]))),
        411,
        "Content-Length");
    refused(nurse.send("POST", "Patient", new Patient()), 403, "create Patient");
    refused(door.get("Subscription/x"), 403, "Subscription");
    refused(door.get("Patient?colour=blue"), 403, "birthdate");
    refused(door.get("Patient?_has:Condition:patient:_id=x"), 403, "birthdate");
    refused(door.get("Patient?_sort=colour"), 403, "birthdate");
    refused(door.get("Patient//x"), 400, "address");
    refused(door.get("Patient;x=y/1"), 400, "address");
    for (String line :
        List.of(
            "GET /fhir/Patient?family=<x> HTTP/1.1",
            "GET /fhir/Patient?family=\"x\" HTTP/1.1",
            "GET /fhir/{x} HTTP/1.1",
            "GET /fhir/Patient?x=" + "y".repeat(40_000) + " HTTP/1.1")) {
      String answer = raw(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 4").contains("OperationOutcome", "fhir+json");
    }
  }

  @Test
  void whoMayNotSendItIsToldBeforeItIsValidated() throws Exception {
    Bundle bad =
        bundle(Bundle.HTTPVerb.POST, "Observation", new org.hl7.fhir.r4.model.Observation());
    refused(nurse.send("POST", "", bad), 403, "Bundle");
    Bundle foreign = bundle(Bundle.HTTPVerb.POST, "Patient", new Patient());
    foreign
        .addEntry()
        .setFullUrl("urn:uuid:0f0f0f0f-0000-4000-8000-000000000002")
        .setResource(new org.hl7.fhir.r4.model.Task())
        .getRequest()
        .setMethod(Bundle.HTTPVerb.POST)
        .setUrl("Task");
    HttpResponse<String> answer = door.send("POST", "", foreign);
    refused(answer, 403, "Task");
    assertThat(Door.outcome(answer).getIssueFirstRep().getExpression().get(0).getValue())
        .isEqualTo("Bundle.entry[1]");
    foreign
        .getEntry()
        .get(1)
        .setResource(null)
        .getRequest()
        .setMethod(Bundle.HTTPVerb.DELETE)
        .setUrl("Patient/x");
    refused(door.send("POST", "", foreign), 403, "DELETE Patient/x");
  }

  @Test
  void errorsComeFirstAndNobodyAsksForANarrative() throws Exception {
    HttpResponse<String> answer =
        door.send(
            "POST",
            "Observation",
            Door.JSON,
            "{\"resourceType\":\"Observation\",\"status\":\"purple\",\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"1\"}]}}");
    refused(answer, 422, "purple");
    List<IssueSeverity> severities =
        Door.outcome(answer).getIssue().stream()
            .map(OperationOutcomeIssueComponent::getSeverity)
            .toList();
    assertThat(severities).isSorted();
    assertThat(answer.body()).doesNotContain("dom-6");
  }

  @Test
  void validateAnswersWithWhatThereIsToSay() throws Exception {
    HttpResponse<String> wrong =
        door.send(
            "POST",
            "Patient/$validate",
            Door.JSON,
            "{\"resourceType\":\"Patient\",\"gender\":\"purple\"}");
    assertThat(wrong.statusCode()).isEqualTo(200);
    assertThat(hasError(wrong)).isTrue();
    HttpResponse<String> right = door.send("POST", "Patient/$validate", new Patient());
    assertThat(right.statusCode()).isEqualTo(200);
    assertThat(hasError(right)).isFalse();
    ServiceRequest referral = FhirClient.referral(patient);
    assertThat(hasError(door.send("POST", "ServiceRequest/$validate", referral))).isFalse();
    referral.getIdentifier().clear();
    HttpResponse<String> noNumber = door.send("POST", "ServiceRequest/$validate", referral);
    assertThat(hasError(noNumber)).isTrue();
    assertThat(noNumber.body()).contains("identifier");
    org.hl7.fhir.r4.model.Parameters asked = new org.hl7.fhir.r4.model.Parameters();
    asked.addParameter().setName("resource").setResource(referral);
    assertThat(hasError(door.send("POST", "ServiceRequest/$validate", asked))).isTrue();
    refused(nurse.send("POST", "Patient/$validate", new Patient()), 403, "validate");
    refused(door.send("POST", "Task/$validate", new org.hl7.fhir.r4.model.Task()), 403, "validate");
    refused(door.send("POST", "Patient/$validate", Door.JSON, "{"), 400, "parse");
  }

  /** Whose it is, nobody here knows: it would be in nobody's record. */
  @Test
  void aSubjectThatIsOnlyContainedIsNobodys() throws Exception {
    String json =
        """
        {"resourceType":"Observation","contained":[{"resourceType":"Patient","id":"newborn"}],"status":"final",
         "code":{"text":"x"},"subject":{"reference":"#newborn"}}""";
    String xml =
        """
        <Observation xmlns="http://hl7.org/fhir"><contained><Patient><id value="newborn"/></Patient></contained>
        <status value="final"/><code><text value="x"/></code><subject><reference value="#newborn"/></subject></Observation>""";
    for (String user : List.of("ehr", "coordinator", "south")) {
      Door one = new Door(port(), user);
      refused(one.send("POST", "Observation", Door.JSON, json), 422, "nobody");
      refused(one.send("POST", "Observation", Door.XML, xml), 422, "nobody");
      refused(
          one.send("POST", "Observation", Door.JSON, json.replace("#newborn", "#x")), 422, "#x");
      refused(
          one.send(
              "POST",
              "Observation",
              Door.JSON,
              json.replace("\"id\":\"newborn\"", "\"active\":true")),
          422,
          "contained");
      HttpResponse<String> taken =
          one.send(
              "POST",
              "Observation",
              Door.JSON,
              json.replace("#newborn", "Patient/" + patient)
                  .replace(
                      "\"Patient\",\"id\"",
                      "\"RelatedPerson\",\"patient\":{\"display\":\"x\"},\"id\"")
                  .replaceFirst("\\}$", ",\"performer\":[{\"reference\":\"#newborn\"}]}"));
      assertThat(taken.statusCode()).as(taken.body()).isEqualTo(user.equals("south") ? 400 : 201);
    }
  }

  @Test
  void aListIsNoResource() throws Exception {
    for (String list : List.of("[]", "[{\"resourceType\":\"Patient\"}]", "[[1]]")) {
      for (String address : List.of("Patient", "", "Patient/$validate", "CodeSystem/$lookup")) {
        refused(door.send("POST", address, Door.JSON, list), 400, "list");
      }
      HttpResponse<String> batch =
          door.send(
              "POST",
              "",
              Door.JSON,
              "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[{\"resource\":%s,\"request\":{\"method\":\"POST\",\"url\":\"Patient\"}}]}"
                  .formatted(list));
      assertThat(batch.body()).contains("400").doesNotContain("500");
    }
  }

  /** The answer repeats it, in headers of its own. */
  @Test
  void aLongHostDoesNotMakeTheAnswerFail() throws Exception {
    HttpResponse<String> answer =
        door.send(
            "POST",
            "Patient",
            new Patient().setActive(true),
            "X-Forwarded-Host",
            "a".repeat(7_500));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  @Test
  void aContentTypeIsNoRange() throws Exception {
    for (String range : List.of("*", "*/*", "application/*")) {
      refused(
          door.get("Patient?_id=x", "Content-Type", range, "Origin", "https://x.example"),
          415,
          "Content-Type");
      refused(door.get("Patient?_id=x", "Content-Type", range), 415, "Content-Type");
    }
  }

  @Test
  void whatIsNotKeptHereCannotBeReferredTo() throws Exception {
    for (String odd :
        List.of(
            "Endpoint/x",
            "Endpoint?identifier=urn:x%7Cy",
            "https://other.example.org/fhir/Endpoint/x")) {
      String json =
          "{\"resourceType\":\"Organization\",\"name\":\"x\",\"endpoint\":[{\"reference\":\"%s\"}]}"
              .formatted(odd);
      refused(door.send("POST", "Organization", Door.JSON, json), 400, odd.replaceAll("[?].*", ""));
      refused(
          door.send(
              "POST",
              "",
              Door.JSON,
              "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"resource\":%s,\"request\":{\"method\":\"POST\",\"url\":\"Organization\"}}]}"
                  .formatted(json)),
          400,
          odd.replaceAll("[?].*", ""));
    }
  }

  /** A definition costs the validator seconds, and none of its parts may change what others see. */
  @Test
  void onlyWhatTheAddressIsForIsValidated() throws Exception {
    String profile =
        """
        {"resourceType":"StructureDefinition","url":"http://hl7.org/fhir/StructureDefinition/Patient",
         "name":"Odd","status":"active","fhirVersion":"4.0.1","kind":"resource","abstract":false,"type":"Patient",
         "baseDefinition":"http://hl7.org/fhir/StructureDefinition/Patient","derivation":"constraint",
         "differential":{"element":[{"id":"Patient","path":"Patient"},{"id":"Patient.photo","path":"Patient.photo","min":1},
         {"id":"Patient.x"}]}}""";
    refused(door.send("POST", "Patient/$validate", Door.JSON, profile), 400, "StructureDefinition");
    refused(
        door.send(
            "POST",
            "Patient/$validate",
            Door.JSON,
            "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"resource\",\"resource\":%s}]}"
                .formatted(profile)),
        400,
        "StructureDefinition");
    for (String method : List.of("POST Patient", "PUT Patient/x", "POST ")) {
      refused(
          door.send(method.replaceAll(" .*", ""), method.replaceAll(".* ", ""), Door.JSON, profile),
          400,
          "StructureDefinition");
    }
    HttpResponse<String> contained =
        door.send(
            "POST",
            "Patient",
            Door.JSON,
            "{\"resourceType\":\"Patient\",\"contained\":[%s]}"
                .formatted(profile.replaceFirst("\\{", "{\"id\":\"a\",")));
    refused(contained, 400, "StructureDefinition");
    for (String operation : List.of("CodeSystem/$lookup", "Task/x/$complete", "ValueSet/$expand")) {
      refused(
          nurse.send(
              "POST",
              operation,
              Door.JSON,
              "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"x\",\"resource\":%s}]}"
                  .formatted(profile)),
          400,
          "StructureDefinition");
    }
    HttpResponse<String> after = door.send("POST", "Patient/$validate", new Patient());
    assertThat(hasError(after)).as(after.body()).isFalse();
  }

  private static boolean hasError(HttpResponse<String> answer) {
    OperationOutcome outcome = Door.outcome(answer);
    return outcome.getIssue().stream().anyMatch(i -> i.getSeverity() == IssueSeverity.ERROR);
  }

  private static Bundle bundle(Bundle.HTTPVerb method, String url, Resource resource) {
    Bundle bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
    bundle
        .addEntry()
        .setFullUrl("urn:uuid:0f0f0f0f-0000-4000-8000-000000000001")
        .setResource(resource)
        .getRequest()
        .setMethod(method)
        .setUrl(url);
    return bundle;
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void fine(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.request() + answer.body()).isLessThan(500);
    assertThat(answer.body())
        .doesNotContain("\tat ", "insert into", "could not execute", "varying", "hfj_", "HFJ_");
  }

  private static void refused(HttpResponse<String> answer, int status, String named) {
    assertThat(answer.statusCode()).as(answer.request() + answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("OperationOutcome").containsIgnoringCase(named);
    fine(answer);
  }
}
