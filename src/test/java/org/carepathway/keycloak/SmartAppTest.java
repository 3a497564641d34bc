package org.carepathway.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.carepathway.RunningService;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.fhir.Conformance;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.HappyPath;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.security.Caller;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * SMART apps with tokens of a real Keycloak: somebody of the team north/spine, which cares for two
 * patients, opens an app for the first of them.
 */
class SmartAppTest extends RunningService {

  private static final String USER = "kc-app-user";
  private static final String FOR_PATIENT = "launch/patient patient/*.rs";

  private static String mine;
  private static String myTask;
  private static String other;
  private static String otherTask;

  @Autowired private Pathways pathways;
  @Autowired private ScenarioPlayer player;
  @Autowired private Conformance conformance;

  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void keycloak() {
    KeycloakServer.ready();
  }

  @BeforeEach
  void twoPatients() throws Exception {
    if (mine == null) {
      mine = new FhirClient(port()).sendPatient("boehm-cassaundra.json");
      myTask = task(mine);
      other = new FhirClient(port()).sendPatient("king-eddie.json");
      otherTask = task(other);
    }
  }

  @Test
  void theTokenNamesThePatientToTheApp() throws Exception {
    KeycloakAdmin.attribute(USER, "patient", mine);
    JsonNode answer = SmartApp.token(USER, FOR_PATIENT);

    String claims =
        new String(
            Base64.getUrlDecoder().decode(answer.get("access_token").asText().split("\\.")[1]));
    assertThat(new ObjectMapper().readTree(claims).get("patient").asText()).isEqualTo(mine);
    assertThat(answer.get("scope").asText()).contains("patient/*.rs");
  }

  @Test
  void anAppOfOnePatientReadsThatPatientsCompartmentOnly() throws Exception {
    String token = forPatient(mine);

    for (String path :
        List.of(
            "Patient/" + mine,
            "Patient/" + mine + "/_history",
            "Task/" + myTask,
            "Task/" + myTask + "/$populate")) {
      assertThat(get(token, path).statusCode()).as(path).isEqualTo(200);
    }
    for (String search :
        List.of(
            "Patient",
            "Condition",
            "Condition?patient=" + mine,
            "Task",
            "Patient?_id=" + mine + "&_revinclude=Condition:patient",
            "Patient/" + mine + "/Condition",
            "Patient/" + mine + "/$everything",
            "Condition?_include=Condition:patient")) {
      HttpResponse<String> found = get(token, search);
      assertThat(found.statusCode()).as(search).isEqualTo(200);
      assertThat(bundle(found).getEntry()).as(search).isNotEmpty();
      assertThat(found.body()).as(search).doesNotContain(other);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient/{other}",
        "Patient/{other}/_history",
        "Patient/{other}/_history/1",
        "Patient/{other}/$everything",
        "Task/{task}",
        "Task/{task}/$populate"
      })
  void anotherPatientOfTheTeamIsNotThereForTheApp(String path) throws Exception {
    assertThat(
            get(forPatient(mine), path.replace("{other}", other).replace("{task}", otherTask))
                .statusCode())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient?_id={other}",
        "Condition?patient={other}",
        "Condition?patient={other}&_summary=count",
        "Task?patient={other}",
        "CarePlan?patient={other}",
        "Provenance?target=Patient/{other}",
        "Patient?_id={other}&_revinclude=Condition:patient",
        "Condition?patient={other}&_include=Condition:patient"
      })
  void aSearchOfTheAppTellsNothingOfAnotherPatient(String search) throws Exception {
    HttpResponse<String> found = get(forPatient(mine), search.replace("{other}", other));

    // HAPI refuses to search for another patient than the token's, whether there is one or not.
    if (found.statusCode() == 200) {
      assertThat(bundle(found).getEntry()).isEmpty();
      assertThat(bundle(found).getTotal()).isZero();
    } else {
      assertThat(found.statusCode()).isEqualTo(403);
      HttpResponse<String> missing =
          get(forPatient(mine), search.replace("{other}", "no-such-patient"));
      assertThat(missing.statusCode()).isEqualTo(403);
      assertThat(missing.body()).isEqualTo(found.body());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET _history",
        "GET Patient/_history",
        "GET Patient?_has:Condition:patient:_id=x",
        "GET Condition?patient.family=King",
        "POST Condition",
        "PUT Patient/{mine}",
        "DELETE Patient/{mine}",
        "POST Task/{task}/$claim",
        "POST Task/{task}/$complete"
      })
  void whatTheScopeDoesNotNameIsForbidden(String request) throws Exception {
    String[] parts = request.replace("{mine}", mine).replace("{task}", myTask).split(" ");

    assertThat(send(forPatient(mine), parts[0], parts[1]).statusCode()).isIn(400, 403);
  }

  @Test
  void anAppThatIsOpenedForNobodySeesNobody() throws Exception {
    String token = forPatient("");

    assertThat(get(token, "Patient/" + mine).statusCode()).isEqualTo(404);
    assertThat(bundle(get(token, "Condition")).getEntry()).isEmpty();
  }

  @Test
  void anAppOfObservationsReadsThoseOfTheTeamAndNothingElse() throws Exception {
    String token = token("user/Observation.rs");

    for (String patient : List.of(mine, other)) {
      HttpResponse<String> found = get(token, "Observation?patient=" + patient + "&_count=1");
      assertThat(bundle(found).getEntry()).isNotEmpty();
      String id = bundle(found).getEntryFirstRep().getResource().getIdElement().getIdPart();
      assertThat(get(token, "Observation/" + id).statusCode()).isEqualTo(200);
      assertThat(get(token, "Observation/" + id + "/_history").statusCode()).isEqualTo(200);
      assertThat(get(token, "Observation?_id=" + id + "&_include=Observation:patient").body())
          .as("included resources need a scope too")
          .doesNotContain("\"resourceType\":\"Patient\"");
    }
    for (String path : List.of("Patient/" + mine, "Patient?_id=" + mine, "Condition", "Task")) {
      assertThat(get(token, path).statusCode()).as(path).isEqualTo(403);
    }
    assertThat(get(token, "Patient/" + mine + "/$everything").statusCode()).isEqualTo(404);
    assertThat(get(token, "Patient?_id=" + mine + "&_revinclude=Observation:patient").statusCode())
        .isEqualTo(403);
    assertThat(send(token, "POST", "Observation").statusCode()).isEqualTo(403);
  }

  @Test
  void aSystemOfTasksReadsTasksAndNothingElse() throws Exception {
    String token = KeycloakAdmin.serviceToken("system/Task.rs");

    assertThat(get(token, "Task/" + myTask).statusCode()).isEqualTo(200);
    assertThat(bundle(get(token, "Task?patient=" + mine)).getEntry()).isNotEmpty();
    assertThat(get(token, "Task?_id=" + myTask + "&_include=Task:patient").body())
        .doesNotContain("\"resourceType\":\"Patient\"");
    for (String path : List.of("Patient/" + mine, "Patient", "Observation", "Task/_history")) {
      assertThat(get(token, path).statusCode()).as(path).isEqualTo(403);
    }
    assertThat(send(token, "POST", "Task/" + myTask + "/$claim").statusCode()).isEqualTo(403);
    assertThat(send(token, "PUT", "Task/" + myTask).statusCode()).isEqualTo(403);
  }

  @Test
  void provenanceNamesTheAppThatSomebodyUsed() throws Exception {
    KeycloakAdmin.attribute(USER, "patient", "");
    String token = token("user/*.cruds");
    HttpResponse<String> claimed = send(token, "POST", "Task/" + otherTask + "/$claim");
    assertThat(claimed.statusCode()).as(claimed.body()).isEqualTo(200);

    Provenance provenance =
        (Provenance)
            bundle(
                    new Caller(port(), "coordinator")
                        .fhir("Provenance?target=Task/" + otherTask + "&_sort=-recorded&_count=1"))
                .getEntryFirstRep()
                .getResource();
    assertThat(provenance.getAgent())
        .extracting(agent -> agent.getWho().getIdentifier().getValue())
        .containsExactly(USER, "smart-app");
    assertThat(provenance.getAgent())
        .extracting(agent -> agent.getOnBehalfOf().getIdentifier().getValue())
        .containsExactly("north/spine", USER);
    assertThat(conformance.validate(provenance).isSuccessful())
        .as("%s", conformance.validate(provenance).getMessages())
        .isTrue();
  }

  @Test
  void theDocumentForAppsIsTrue() throws Exception {
    ObjectMapper json = new ObjectMapper();
    JsonNode ours =
        json.readTree(
            http.send(
                    HttpRequest.newBuilder(
                            URI.create(
                                "http://localhost:"
                                    + port()
                                    + "/fhir/.well-known/smart-configuration"))
                        .build(),
                    BodyHandlers.ofString())
                .body());
    JsonNode keycloak =
        json.readTree(
            http.send(
                    HttpRequest.newBuilder(
                            URI.create(
                                KeycloakServer.issuer() + "/.well-known/openid-configuration"))
                        .build(),
                    BodyHandlers.ofString())
                .body());

    for (String field : List.of("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")) {
      assertThat(ours.get(field)).as(field).isEqualTo(keycloak.get(field));
    }
    for (String field :
        List.of(
            "grant_types_supported",
            "response_types_supported",
            "code_challenge_methods_supported",
            "token_endpoint_auth_methods_supported")) {
      assertThat(texts(keycloak.get(field))).as(field).containsAll(texts(ours.get(field)));
    }
    assertThat(texts(ours.get("capabilities")))
        .as("Keycloak does not tell the app the patient beside the token")
        .contains("permission-v2", "permission-patient")
        .doesNotContain("context-standalone-patient");
  }

  private static List<String> texts(JsonNode list) {
    return java.util.stream.StreamSupport.stream(list.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.toList());
  }

  private static String forPatient(String patient) throws Exception {
    KeycloakAdmin.attribute(USER, "patient", patient);
    return token(FOR_PATIENT);
  }

  private static String token(String scopes) throws Exception {
    return SmartApp.token(USER, scopes).get("access_token").asText();
  }

  private HttpResponse<String> get(String token, String path) throws Exception {
    return send(token, "GET", path);
  }

  private HttpResponse<String> send(String token, String method, String path) throws Exception {
    String type = path.replaceAll("[/?].*", "");
    String body =
        path.contains("$")
            ? "{\"resourceType\":\"Parameters\"}"
            : "{\"resourceType\":\"%s\"%s}"
                .formatted(
                    type,
                    method.equals("PUT")
                        ? ",\"id\":\"%s\"".formatted(path.substring(path.indexOf('/') + 1))
                        : "");
    return http.send(
        request(token, path)
            .method(
                method,
                method.equals("POST") || method.equals("PUT")
                    ? BodyPublishers.ofString(body)
                    : BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String token, String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port() + "/fhir/" + path))
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/fhir+json");
  }

  /** Refers a patient to the team; returns the id of the triage. */
  private String task(String patient) throws Exception {
    FhirClient fhir = new FhirClient(port());
    ServiceRequest referral = FhirClient.referral(patient);
    referral
        .addPerformer()
        .getIdentifier()
        .setSystem("https://carepathway.org/fhir/team")
        .setValue("north/spine");
    IdType id = (IdType) fhir.as("referrer").create().resource(referral).execute().getId();
    player.play(pathways.ofReferral(id.getIdPart()).orElseThrow().id(), HappyPath.referral());
    return fhir.openTasks(id.getIdPart()).get(0).getIdElement().getIdPart();
  }

  private static Bundle bundle(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return FhirContext.forR4Cached().newJsonParser().parseResource(Bundle.class, answer.body());
  }
}
