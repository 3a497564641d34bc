package org.carepathway.security;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathways;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * A coordinator of the south site and a patient of the north: every known way past access control
 * is tried, and none tells anything of the patient, not even that there is one.
 */
class AccessLeaksTest extends RunningService {

  private static final String TEAM = "https://carepathway.org/fhir/team";

  /** Name and number of the synthetic patient in the bundle. */
  private static final String NAME = "Botsford";

  private static String patient;
  private static String referral;
  private static String task;
  private static UUID pathway;
  private static String hers;
  private static String herTask;

  @Autowired private Pathways pathways;

  private Caller south;

  @BeforeEach
  void aPatientOfTheNorth() throws Exception {
    south = new Caller(port(), "south");
    if (patient != null) {
      return;
    }
    FhirClient fhir = new FhirClient(port());
    patient = fhir.sendPatient("botsford-kasi.json");
    ServiceRequest asked = FhirClient.referral(patient);
    asked.addPerformer().getIdentifier().setSystem(TEAM).setValue("north/spine");
    IdType id = (IdType) fhir.as("referrer").create().resource(asked).execute().getId();
    referral = id.getIdPart();
    Task open = fhir.openTasks(referral).get(0);
    task = open.getIdElement().getIdPart();
    pathway = pathways.ofReferral(referral).orElseThrow().id();
    // The south has a patient too: a list that is not narrowed to hers would show the other.
    hers = fhir.sendPatient("stokes-carli.json");
    ServiceRequest askedOfHers = FhirClient.referral(hers);
    askedOfHers.addPerformer().getIdentifier().setSystem(TEAM).setValue("south/spine");
    IdType hersId = (IdType) fhir.as("referrer").create().resource(askedOfHers).execute().getId();
    herTask = fhir.openTasks(hersId.getIdPart()).get(0).getIdElement().getIdPart();
  }

  @Test
  void whatIsOutOfSightLooksLikeWhatDoesNotExist() throws Exception {
    for (String path : List.of("Patient/%s", "ServiceRequest/%s", "Task/%s")) {
      String id = path.startsWith("Patient") ? patient : path.startsWith("Task") ? task : referral;
      for (String suffix : List.of("", "/_history/1", "/_history")) {
        HttpResponse<String> hidden = south.fhir(path.formatted(id) + suffix);
        HttpResponse<String> missing = south.fhir(path.formatted("missing") + suffix);
        assertThat(hidden.statusCode()).as(path + suffix).isEqualTo(404);
        assertThat(hidden.statusCode()).isEqualTo(missing.statusCode());
        assertThat(hidden.body()).isEqualTo(missing.body().replace("missing", id));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient?_id={patient}",
        "Patient?name=Botsford",
        "Patient?family=Botsford&_summary=count",
        "Patient?_total=accurate",
        "Condition?patient={patient}",
        "Condition?subject=Patient/{patient}&_summary=count",
        "Condition?_count=200",
        "Observation?patient=Patient/{patient}",
        "Task?patient={patient}",
        "Task?_id={task}",
        "Task?focus=ServiceRequest/{referral}",
        "Task?status=ready&_include=Task:patient&_count=200",
        "CarePlan?patient={patient}",
        "Provenance?target=Patient/{patient}",
        "Provenance?target=Task/{task}",
        "Provenance?target=ServiceRequest/{referral}",
        "Provenance?patient={patient}",
        "Provenance?patient={patient}&_summary=count",
        "Provenance?recorded=gt2000-01-01&_include=Provenance:target&_count=200",
        "Provenance?_total=accurate&_count=200",
        "Task?_id={task}&_revinclude=Provenance:target",
        "Patient?_id={patient}&_elements=name",
        "Patient?_id={patient}&_elements=id&_total=accurate&_summary=count",
        "Patient?identifier={patient}&_summary=count",
        "Condition?patient={patient}&_include=*",
        "Task?status=ready&_include:iterate=*&_count=200",
        "Patient?_revinclude=*&_count=200",
        "Patient?_revinclude:iterate=Condition:patient&_id={patient}",
        "Patient?_contained=true",
        "Patient?_containedType=contained",
        "Condition?patient={patient}&_contained=both",
        "Patient?_query=everything&_id={patient}",
        "Patient?_has:Observation:subject:_has:Provenance:target:agent=x",
        "Provenance?target.subject=Patient/{patient}",
        "Provenance?target:Task.patient={patient}",
        "Task?focus:ServiceRequest.subject={patient}",
        "Patient?_filter=id+eq+{patient}",
        "$graphql?query=%7BPatient(id:%22{patient}%22)%7Bname%7Bfamily%7D%7D%7D",
        "Task?_offset=0&_count=200&status=ready",
        "Encounter/$everything",
        "Patient/$export",
        "Group/x/$export",
        "Observation/$lastn?patient={patient}",
        "Patient/{patient}/$summary",
        "Patient/{patient}/$member-match",
        "$get-resource-counts",
        "Binary/{patient}",
        "Bundle/{patient}",
        "AuditEvent?patient={patient}",
        "Patient/{patient}?_elements=name",
        "Patient/{patient}?_summary=text",
        "Patient?_revinclude=Observation:patient&_id={patient}",
        "Organization?_revinclude=Patient:organization&_count=200",
        "Practitioner?_revinclude=ServiceRequest:requester&_count=200",
        "Questionnaire?_revinclude=Task:patient&_count=1",
        "Patient?_has:Observation:patient:status=final",
        "Patient?_has:Condition:patient:_id=x",
        "Practitioner?_has:ServiceRequest:requester:patient={patient}",
        "Observation?patient.family=Botsford",
        "Observation?subject:Patient.name=Botsford",
        "Task?patient.identifier=x",
        "Observation?_sort=patient.family",
        "Patient?_filter=family+eq+Botsford",
        "Patient?_content=Botsford",
        "Patient?_text=Botsford",
        "Patient?_list=x",
        "Patient?_query=x",
        "Patient?_source=x",
        "Patient?_tag=x",
        "Patient?general-practitioner=Practitioner/x",
        "Patient/{patient}/$everything",
        "Patient/{patient}/$meta",
        "Patient/{patient}/$graphql?query=x",
        "Patient/{patient}/Observation",
        "$export",
        "_history",
        "Patient/_history",
        "?_type=Patient",
        "Task/{task}/$populate",
        "metadata?_has:x"
      })
  void noSearchTells(String path) throws Exception {
    String asked =
        path.replace("{patient}", patient).replace("{task}", task).replace("{referral}", referral);
    HttpResponse<String> answer = south.fhir(asked);

    assertThat(answer.statusCode()).isLessThan(500);
    // The link "self" repeats what was asked.
    String told = answer.body().replaceAll("\"link\":\\[.*?]", "");
    assertThat(told).doesNotContain(NAME);
    if (answer.statusCode() == 200 && !path.startsWith("metadata")) {
      Bundle found = bundle(answer);
      if (path.contains("{")) {
        assertThat(found.getEntry()).isEmpty();
        assertThat(found.getTotal()).isZero();
      }
      assertThat(told).doesNotContain(patient);
    } else if (answer.statusCode() != 200) {
      assertThat(answer.statusCode()).isIn(400, 403, 404);
    }
  }

  /**
   * What is out of sight stays away, and neither takes the rest with it nor tells that it is there.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Organization?_revinclude=Patient:organization&_count=200",
        "Practitioner?_revinclude=ServiceRequest:requester&_count=200",
        "Location?_revinclude=*&_count=200",
        "Practitioner?_revinclude=*&_count=200"
      })
  void whatComesAlongIsInSight(String search) throws Exception {
    HttpResponse<String> answer = south.fhir(search);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).doesNotContain(patient, NAME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient/_search _id={patient}",
        "Patient/_search family=Botsford",
        "Patient/_search _has:Condition:patient:_id=x",
        "Patient/_search _filter=family eq Botsford",
        "Condition/_search patient={patient}",
        "Condition/_search patient.family=Botsford",
        "Task/_search patient={patient}",
        "Provenance/_search target=Task/{task}"
      })
  void noPostedSearchTells(String search) throws Exception {
    String[] parts = search.replace("{patient}", patient).replace("{task}", task).split(" ", 2);
    HttpResponse<String> answer = south.search(parts[0], parts[1]);

    assertThat(answer.statusCode()).isIn(200, 403);
    assertThat(answer.body()).doesNotContain(NAME);
    if (answer.statusCode() == 200) {
      assertThat(bundle(answer).getEntry()).isEmpty();
      assertThat(bundle(answer).getTotal()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient/$everything",
        "Patient/{patient}/$meta-add",
        "Patient/{patient}/$expunge",
        "Patient/{patient}/$graphql",
        "Patient/{patient}/$validate-and-tell",
        "Patient/$merge",
        "Patient/$match",
        "$graphql",
        "$export",
        "$expunge",
        "$reindex",
        "$process-message",
        "$hapi.fhir.replace-references"
      })
  void noOtherOperationIsOffered(String operation) throws Exception {
    for (String who : List.of("south", "coordinator", "admin")) {
      HttpResponse<String> answer =
          new Caller(port(), who)
              .fhir(
                  "POST",
                  operation.replace("{patient}", patient),
                  "{\"resourceType\":\"Parameters\"}");
      assertThat(answer.statusCode()).as(who).isIn(400, 403, 404);
      assertThat(answer.body()).as(who).doesNotContain(NAME);
    }
  }

  @Test
  void aLinkToTheNextPageIsGoodForWhoSearchedOnly() throws Exception {
    Caller coordinator = new Caller(port(), "coordinator");
    String next =
        bundle(coordinator.fhir("Condition?patient=" + patient + "&_count=1"))
            .getLink("next")
            .getUrl()
            .replaceAll(".*/fhir", "");
    assertThat(bundle(coordinator.fhir(next)).getEntry()).isNotEmpty();

    String hersNext =
        bundle(south.fhir("Condition?patient=" + hers + "&_count=1"))
            .getLink("next")
            .getUrl()
            .replaceAll(".*/fhir", "");
    String mark = hersNext.replaceAll(".*_getpages=.{36}-([0-9a-f]+).*", "$1");
    for (Caller other : List.of(south, new Caller(port(), "referrer"))) {
      for (String link :
          List.of(
              next,
              next + "&_getpages=x",
              next.replaceAll("(_getpages=.{36})-[0-9a-f]+", "$1"),
              next.replaceAll("(_getpages=.{36}-)[0-9a-f]+", "$1" + mark))) {
        HttpResponse<String> answer = other.fhir(link);
        assertThat(answer.statusCode()).as(link).isIn(403, 410);
        assertThat(answer.body()).doesNotContain("\"resourceType\":\"Condition\"");
      }
    }
  }

  @Test
  void theProvenanceOfHerPatientsIsFoundAndNoOther() throws Exception {
    for (String search :
        List.of(
            "Provenance?patient=" + hers,
            "Provenance?target=Task/" + herTask,
            "Provenance?patient=Patient/" + hers + "&_sort=-recorded&_count=1")) {
      HttpResponse<String> found = south.fhir(search);
      assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
      assertThat(bundle(found).getEntry()).as(search).isNotEmpty();
      assertThat(found.body()).as(search).contains("Patient/" + hers);
    }
    assertThat(south.fhir("Provenance?_count=200").body())
        .contains("Patient/" + hers)
        .doesNotContain("Patient/" + patient);
    HttpResponse<String> all =
        new Caller(port(), "coordinator").fhir("Provenance?patient=" + patient);
    assertThat(bundle(all).getEntry()).isNotEmpty();
    String one = bundle(all).getEntryFirstRep().getResource().getIdElement().getIdPart();
    assertThat(south.fhir("Provenance/" + one).statusCode()).isEqualTo(404);
    assertThat(bundle(south.fhir("Provenance?_id=" + one)).getEntry()).isEmpty();
  }

  /** Whoever has too many patients to name them all must name one. */
  @Test
  void aSearchOfALargeTeamNamesAPatient() throws Exception {
    jdbc.update(
        "insert into patient_team (patient_id, team)"
            + " select 'many-' || n, 'south/many' from generate_series(1, 2001) n");
    try {
      assertThat(south.fhir("Condition?_count=1").statusCode()).isEqualTo(403);
      for (String search :
          List.of(
              "Condition?patient=" + hers,
              "Condition?subject=Patient/" + hers,
              "Task?_id=" + herTask,
              "Provenance?target=Task/" + herTask)) {
        assertThat(bundle(south.fhir(search)).getEntry()).as(search).isNotEmpty();
      }
      assertThat(bundle(south.fhir("Task?_id=" + task)).getEntry()).isEmpty();
    } finally {
      jdbc.update("delete from patient_team where team = 'south/many'");
    }
  }

  @Test
  void noTransactionTells() throws Exception {
    for (String entry :
        List.of(
            "{\"request\":{\"method\":\"GET\",\"url\":\"Patient/%s\"}}",
            "{\"request\":{\"method\":\"GET\",\"url\":\"Patient?_id=%s\"}}",
            "{\"request\":{\"method\":\"DELETE\",\"url\":\"Patient/%s\"}}",
            "{\"request\":{\"method\":\"DELETE\",\"url\":\"Observation?patient=%s\"}}",
            "{\"request\":{\"method\":\"PUT\",\"url\":\"Patient?_id=%s\"},\"resource\":{\"resourceType\":\"Patient\"}}",
            "{\"request\":{\"method\":\"POST\",\"url\":\"Patient\",\"ifNoneExist\":\"_id=%s\"},\"resource\":{\"resourceType\":\"Patient\"}}",
            "{\"request\":{\"method\":\"PUT\",\"url\":\"Patient/%1$s\"},\"resource\":{\"resourceType\":\"Patient\",\"id\":\"%1$s\"}}",
            "{\"request\":{\"method\":\"PATCH\",\"url\":\"Patient/%s\"}}")) {
      for (String type : List.of("transaction", "batch")) {
        HttpResponse<String> answer =
            south.fhir(
                "POST",
                "",
                "{\"resourceType\":\"Bundle\",\"type\":\"%s\",\"entry\":[%s]}"
                    .formatted(type, entry.formatted(patient)));
        assertThat(answer.body()).as(entry).doesNotContain(NAME);
        if (type.equals("transaction")) {
          assertThat(answer.statusCode()).as(entry).isIn(400, 403, 404, 422);
        }
      }
    }
    assertThat(new Caller(port(), "coordinator").fhir("Patient/" + patient).body()).contains(NAME);
  }

  @Test
  void noWriteReachesThePatient() throws Exception {
    String observation =
        """
        {"resourceType":"Observation","status":"final","code":{"text":"x"},
         "subject":{"reference":"Patient/%s"}}\
        """
            .formatted(patient);
    // As for a patient who is not there.
    assertThat(south.fhir("POST", "Observation", observation).statusCode()).isEqualTo(400);
    assertThat(
            south
                .fhir(
                    "PUT",
                    "Patient/" + patient,
                    "{\"resourceType\":\"Patient\",\"id\":\"%s\"}".formatted(patient))
                .statusCode())
        .isIn(403, 404);
    assertThat(south.fhir("DELETE", "Patient/" + patient, null).statusCode()).isEqualTo(403);
    assertThat(south.fhir("DELETE", "Patient?_id=" + patient, null).statusCode()).isEqualTo(403);
    assertThat(south.fhir("PATCH", "Patient/" + patient, "[]").statusCode()).isIn(400, 403, 404);
    for (String operation : List.of("$claim", "$release", "$complete")) {
      assertThat(
              south
                  .fhir(
                      "POST",
                      "Task/" + task + '/' + operation,
                      operation.equals("$complete")
                          ? """
                            {"resourceType":"Parameters","parameter":[{"name":"response",
                             "resource":{"resourceType":"QuestionnaireResponse","status":"completed"}}]}\
                            """
                          : "{\"resourceType\":\"Parameters\"}")
                  .statusCode())
          .as(operation)
          .isEqualTo(404);
    }
    assertThat(
            south
                .fhir(
                    "POST",
                    "Patient",
                    "{\"resourceType\":\"Patient\"}",
                    "If-None-Exist",
                    "family=Botsford")
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void noPageShowsThePatientUntilTheGlassIsBroken() throws Exception {
    south.signIn();
    assertThat(south.page("/pathways/" + pathway).statusCode()).isEqualTo(404);
    assertThat(south.page("/pathways/" + pathway + "/facts/Patient/" + patient).statusCode())
        .isEqualTo(404);
    assertThat(south.page("/tasks/" + task).statusCode()).isEqualTo(404);
    assertThat(south.page("/worklist?scope=everyone").body()).doesNotContain(NAME);
    assertThat(south.page("/pathways").body()).doesNotContain(NAME).contains("Stokes");

    assertThat(
            south.post("/break-glass", Map.of("number", patient, "reason", "short")).statusCode())
        .isEqualTo(422);
    HttpResponse<String> opened =
        south.post(
            "/break-glass", Map.of("number", patient, "reason", "Collapsed in our corridor"));
    assertThat(opened.statusCode()).isEqualTo(302);
    assertThat(opened.headers().firstValue("Location").orElseThrow()).endsWith("/" + pathway);

    assertThat(south.page("/pathways/" + pathway).body()).contains(NAME);
    assertThat(south.fhir("Condition?patient=" + patient).statusCode()).isEqualTo(200);
    Caller auditor = new Caller(port(), "auditor").signIn();
    assertThat(auditor.page("/audit").body()).contains("Collapsed in our corridor");
    assertThat(auditor.post("/audit", Map.of("number", patient)).body())
        .contains("Sofia of the South Site")
        .contains("emergency");
    close();
    assertThat(south.page("/pathways/" + pathway).statusCode()).isEqualTo(404);
  }

  private static Bundle bundle(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return FhirContext.forR4Cached().newJsonParser().parseResource(Bundle.class, answer.body());
  }

  @Autowired private org.springframework.jdbc.core.JdbcTemplate jdbc;

  private void close() {
    jdbc.update("update break_glass set until = now() where patient_id = ?", patient);
  }
}
