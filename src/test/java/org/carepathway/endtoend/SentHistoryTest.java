package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.fhir.context.FhirContext;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.clock.ServiceClock;
import org.carepathway.fact.History;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.HappyPath;
import org.carepathway.scenario.Scenario;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.Scenario.Wait;
import org.carepathway.scenario.ScenarioPlayer;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the EHR keeps of a patient is stored apart from what the pathway wrote. */
class SentHistoryTest extends RunningService {

  private static final String MINE =
      "\"meta\":{\"source\":\"urn:ehr:7\",\"tag\":[{\"system\":\"urn:x\",\"code\":\"own\"},{\"system\":\""
          + History.SYSTEM
          + "\",\"code\":\"ehr-history\",\"display\":\"History of the EHR\",\"userSelected\":true}]},";

  @Autowired private Pathways pathways;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private ScenarioPlayer player;
  @Autowired private Clock clock;
  @Autowired private ServiceClock serviceClock;

  private FhirClient fhir;
  private Door ehr;
  private Door nurse;
  private String patient;

  @BeforeEach
  void aPatient() throws Exception {
    fhir = new FhirClient(port());
    ehr = new Door(port(), "ehr");
    nurse = new Door(port(), "nurse");
    patient = fhir.sendPatient("boehm-cassaundra.json");
  }

  /** One of each type, as an EHR may send it; %s is the patient. */
  private Map<String, String> history() {
    String subject = "\"subject\":{\"reference\":\"Patient/" + patient + "\"}";
    String of = "\"patient\":{\"reference\":\"Patient/" + patient + "\"}";
    String code = "\"code\":{\"text\":\"Percutaneous vertebroplasty\"}";
    Map<String, String> all = new LinkedHashMap<>();
    all.put(
        "Procedure",
        "\"status\":\"completed\"," + code + ",\"performedDateTime\":\"2019-05-01\"," + subject);
    all.put("Encounter", "\"status\":\"in-progress\",\"class\":{\"code\":\"AMB\"}," + subject);
    all.put(
        "CarePlan",
        "\"status\":\"active\",\"intent\":\"plan\",\"instantiatesCanonical\":[\"https://carepathway.org/fhir/PlanDefinition/vertebroplasty\"],\"title\":\"Another plan\","
            + subject);
    all.put("CareTeam", "\"status\":\"active\"," + subject);
    all.put(
        "Device",
        "\"status\":\"active\",\"lotNumber\":\"L-7\",\"deviceName\":[{\"name\":\"Bone cement\",\"type\":\"user-friendly-name\"}],"
            + of);
    all.put(
        "DeviceUseStatement",
        "\"status\":\"active\",\"device\":{\"display\":\"Bone cement\"}," + subject);
    all.put("DiagnosticReport", "\"status\":\"final\"," + code + ',' + subject);
    all.put(
        "DocumentReference",
        "\"status\":\"current\",\"content\":[{\"attachment\":{\"title\":\"x\"}}]," + subject);
    all.put(
        "FamilyMemberHistory",
        "\"status\":\"completed\",\"relationship\":{\"text\":\"mother\"}," + of);
    all.put(
        "Goal", "\"lifecycleStatus\":\"active\",\"description\":{\"text\":\"walk\"}," + subject);
    all.put(
        "Immunization",
        "\"status\":\"completed\",\"vaccineCode\":{\"text\":\"flu\"},\"occurrenceDateTime\":\"2020\","
            + of);
    all.put("Media", "\"status\":\"completed\",\"content\":{\"title\":\"x\"}," + subject);
    all.put(
        "MedicationAdministration",
        "\"status\":\"completed\",\"medicationCodeableConcept\":{\"text\":\"warfarin\"},\"effectiveDateTime\":\"2020\","
            + subject);
    all.put("Specimen", "\"status\":\"available\"," + subject);
    all.put("SupplyDelivery", "\"status\":\"completed\"," + of);
    all.put(
        "Claim",
        "\"status\":\"active\",\"type\":{\"text\":\"x\"},\"use\":\"claim\",\"created\":\"2020-01-01\",\"provider\":{\"display\":\"x\"},\"priority\":{\"text\":\"normal\"},\"insurance\":[{\"sequence\":1,\"focal\":true,\"coverage\":{\"display\":\"x\"}}],"
            + of);
    all.put(
        "ExplanationOfBenefit",
        "\"status\":\"active\",\"type\":{\"text\":\"x\"},\"use\":\"claim\",\"created\":\"2020-01-01\",\"insurer\":{\"display\":\"x\"},\"provider\":{\"display\":\"x\"},\"outcome\":\"complete\",\"insurance\":[{\"focal\":true,\"coverage\":{\"display\":\"x\"}}],"
            + of);
    all.put(
        "Provenance",
        "\"recorded\":\"2020-01-01T00:00:00Z\",\"agent\":[{\"who\":{\"display\":\"x\"}}],\"target\":[{\"reference\":\"Patient/"
            + patient
            + "\"}]");
    return all;
  }

  private static String json(String type, String elements) {
    return "{\"resourceType\":\"%s\",%s%s}".formatted(type, MINE, elements);
  }

  private static Resource read(String json) {
    return (Resource) FhirContext.forR4Cached().newJsonParser().parseResource(json);
  }

  @Test
  void eachIsStoredWithOurTagWhateverTheSenderWrites() throws Exception {
    for (Map.Entry<String, String> one : history().entrySet()) {
      String type = one.getKey();
      HttpResponse<String> created = ehr.send("POST", type, Door.JSON, json(type, one.getValue()));
      assertThat(created.statusCode()).as(type + created.body()).isEqualTo(201);
      Resource stored = read(created.body());
      marked(stored);
      String id = stored.getIdElement().getIdPart();
      // Without the tag, and with another: it is ours to give.
      String without =
          "{\"resourceType\":\"%s\",\"id\":\"%s\",\"language\":\"en\",%s}"
              .formatted(type, id, one.getValue());
      HttpResponse<String> updated = ehr.send("PUT", type + '/' + id, Door.JSON, without);
      assertThat(updated.statusCode()).as(type + updated.body()).isEqualTo(200);
      HttpResponse<String> patched =
          ehr.send(
              "PATCH",
              type + '/' + id,
              Door.JSON_PATCH,
              "[{\"op\":\"remove\",\"path\":\"/meta/tag\"},{\"op\":\"add\",\"path\":\"/language\",\"value\":\"es\"}]");
      assertThat(patched.statusCode()).as(type + patched.body()).isEqualTo(200);
      Door reader = type.equals("Claim") || type.equals("ExplanationOfBenefit") ? ehr : nurse;
      Resource last = read(reader.get(type + '/' + id).body());
      assertThat(last.getMeta().getTag(History.SYSTEM, History.CODE)).as(type).isNotNull();
      assertThat(last.getMeta().getVersionId()).isEqualTo("3");
    }
    whatWasChargedComesAlongToNobodyElse();
  }

  private void whatWasChargedComesAlongToNobodyElse() throws Exception {
    for (String asked :
        List.of(
            "Patient?_id=" + patient + "&_revinclude=*&_count=500",
            "Patient/" + patient + "/$everything?_count=500")) {
      assertThat(ehr.get(asked).body()).as(asked).contains("\"Claim\"");
      HttpResponse<String> answer = nurse.get(asked);
      assertThat(answer.statusCode()).as(asked + answer.body()).isEqualTo(200);
      assertThat(answer.body())
          .contains("\"Procedure\"")
          .doesNotContain("\"Claim\"", "OfBenefit\"");
    }
  }

  private static void marked(Resource stored) {
    assertThat(stored.getMeta().getTag(History.SYSTEM, History.CODE))
        .as(stored.fhirType())
        .isNotNull();
    assertThat(stored.getMeta().getTag(History.SYSTEM, History.CODE).getUserSelected()).isFalse();
    assertThat(stored.getMeta().getTag("urn:x", "own")).isNotNull();
    assertThat(stored.getMeta().getSource()).isEqualTo("urn:ehr:7");
  }

  /** A fact is none, though its sender would like it to be. */
  @Test
  void nothingElseGetsTheTag() throws Exception {
    for (String type : List.of("Condition", "Observation")) {
      HttpResponse<String> created =
          ehr.send(
              "POST",
              type,
              Door.JSON,
              json(
                  type,
                  "\"code\":{\"text\":\"x\"},\"subject\":{\"reference\":\"Patient/"
                      + patient
                      + (type.equals("Condition") ? "\"}" : "\"},\"status\":\"final\"")));
      assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
      assertThat(created.body()).contains("urn:ehr:7").doesNotContain(History.CODE);
    }
  }

  @Test
  void noOtherRoleMayWriteIt() throws Exception {
    for (String user : List.of("nurse", "physician", "scheduler", "admin", "auditor")) {
      for (Map.Entry<String, String> one : history().entrySet()) {
        assertThat(
                new Door(port(), user)
                    .send("POST", one.getKey(), Door.JSON, json(one.getKey(), one.getValue()))
                    .statusCode())
            .as(user + ' ' + one.getKey())
            .isEqualTo(403);
      }
    }
  }

  /** The same forms, with the same first answers, and the same way through the pathway. */
  @Test
  void itChangesNoFormAndNoDecision() throws Exception {
    String other = fhir.sendPatient("boehm-cassaundra.json");
    for (Map.Entry<String, String> one : history().entrySet()) {
      HttpResponse<String> created =
          ehr.send("POST", one.getKey(), Door.JSON, json(one.getKey(), one.getValue()));
      assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    }
    Pathway with = referred(patient);
    Pathway without = referred(other);
    Scenario scenario = HappyPath.scenario();
    for (Scenario.Step step : scenario.steps()) {
      if (step instanceof Wait wait) {
        ZonedDateTime now = ZonedDateTime.now(clock);
        serviceClock.advance(Duration.between(now, now.plus(wait.time())));
      } else if (step instanceof Answer answer) {
        new PathwayTimers(with.id(), jdbc, serviceClock)
            .until(() -> open(with, answer.task()).isPresent());
        assertThat(first(with, answer.task()))
            .as(answer.task())
            .isEqualTo(first(without, answer.task()));
        player.play(with.id(), answer);
        player.play(without.id(), answer);
      }
    }
    assertThat(pathways.find(with.id()).orElseThrow().outcome()).isEqualTo("completed");
    assertThat(written(with)).isEqualTo(written(without));
    // And nothing of the EHR is in the pathway's record, nor the tag on what the pathway wrote.
    assertThat(
            jdbc.queryForList(
                "select v.res_text_vc from pathway_resource r join hfj_resource h on h.res_type = r.resource_type and h.fhir_id = r.resource_id"
                    + " join hfj_res_ver v on v.res_id = h.res_id where r.pathway_id = ? and v.res_text_vc like '%"
                    + History.CODE
                    + "%'",
                String.class,
                with.id()))
        .isEmpty();
  }

  @Test
  void theEhrCannotChangeOrClaimWhatThePathwayWrote() throws Exception {
    Pathway pathway = referred(patient);
    CarePlan plan =
        fhir.as("coordinator")
            .read()
            .resource(CarePlan.class)
            .withId(pathway.carePlanId())
            .execute();
    assertThat(plan.getMeta().getTag(History.SYSTEM, History.CODE)).isNull();
    HttpResponse<String> changed =
        ehr.send("PUT", "CarePlan/" + pathway.carePlanId(), plan.setTitle("Mine"));
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(403);
    HttpResponse<String> patched =
        ehr.send(
            "PATCH",
            "CarePlan/" + pathway.carePlanId(),
            Door.JSON_PATCH,
            "[{\"op\":\"replace\",\"path\":\"/title\",\"value\":\"Mine\"}]");
    assertThat(patched.statusCode()).as(patched.body()).isEqualTo(403);
    String claim =
        "{\"resourceType\":\"Provenance\",\"recorded\":\"2020-01-01T00:00:00Z\",\"agent\":[{\"who\":{\"display\":\"x\"}}],\"target\":[{\"reference\":\"Patient/%s\"},{\"reference\":\"CarePlan/%s\"}]}"
            .formatted(patient, pathway.carePlanId());
    HttpResponse<String> claimed = ehr.send("POST", "Provenance", Door.JSON, claim);
    assertThat(claimed.statusCode()).as(claimed.body()).isEqualTo(422);
    assertThat(claimed.body()).contains("Provenance.target", pathway.carePlanId());
    Bundle bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
    bundle
        .addEntry()
        .setFullUrl("urn:uuid:" + UUID.randomUUID())
        .setResource(read(claim))
        .getRequest()
        .setMethod(Bundle.HTTPVerb.POST)
        .setUrl("Provenance");
    assertThat(ehr.send("POST", "", bundle).statusCode()).isEqualTo(422);
    for (String type :
        List.of("Task", "EpisodeOfCare", "QuestionnaireResponse", "Consent", "Flag")) {
      assertThat(
              ehr.send(
                      "PUT",
                      type + "/x",
                      Door.JSON,
                      "{\"resourceType\":\"%s\",\"id\":\"x\"}".formatted(type))
                  .statusCode())
          .as(type)
          .isEqualTo(403);
    }
  }

  @Test
  void aProvenanceBelongsToThePatientOfItsTargets() throws Exception {
    String other = fhir.sendPatient("klein-genevie.json");
    String sent =
        """
        {"resourceType":"Bundle","type":"transaction","entry":[
        {"fullUrl":"urn:uuid:6a0f6c1e-93c0-4f5e-8f16-1f2f7f6a1b01","resource":{"resourceType":"Condition","code":{"text":"x"},"subject":{"reference":"Patient/%1$s"}},"request":{"method":"POST","url":"Condition"}},
        {"fullUrl":"urn:uuid:6a0f6c1e-93c0-4f5e-8f16-1f2f7f6a1b02","resource":{"resourceType":"Provenance","recorded":"2020-01-01T00:00:00Z","agent":[{"who":{"display":"x"}}],
        "extension":[{"url":"https://carepathway.org/fhir/StructureDefinition/provenance-patient","valueReference":{"reference":"Patient/%2$s"}}],
        "target":[{"reference":"urn:uuid:6a0f6c1e-93c0-4f5e-8f16-1f2f7f6a1b01"}]},"request":{"method":"POST","url":"Provenance"}}]}"""
            .formatted(patient, other);
    HttpResponse<String> answer = ehr.send("POST", "", Door.JSON, sent);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(found(patient)).hasSize(1);
    assertThat(found(other)).isEmpty();
  }

  private List<Provenance> found(String patientId) {
    return FhirClient.resources(
        fhir.as("coordinator").search().byUrl("Provenance?patient=" + patientId), Provenance.class);
  }

  private Pathway referred(String patientId) throws Exception {
    return pathways.ofReferral(fhir.refer(patientId).getIdElement().getIdPart()).orElseThrow();
  }

  /** What an open form begins with. */
  private Optional<String> open(Pathway pathway, String element) {
    return fhir.openTasks(pathway.referralId()).stream()
        .filter(one -> one.getCode().getCodingFirstRep().getCode().equals(element))
        .map(one -> one.getIdElement().getIdPart())
        .findFirst();
  }

  private String first(Pathway pathway, String element) {
    String task =
        await(element)
            .atMost(Duration.ofSeconds(90))
            .until(() -> open(pathway, element), Optional::isPresent)
            .orElseThrow();
    String role =
        fhir.as("coordinator")
            .read()
            .resource(Task.class)
            .withId(task)
            .execute()
            .getPerformerTypeFirstRep()
            .getCodingFirstRep()
            .getCode();
    return FhirContext.forR4Cached()
        .newJsonParser()
        .encodeResourceToString(fhir.populate(USERS.get(role), task))
        .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "id")
        // Each patient has a record number of its own.
        .replaceAll("(\"patient-number\",\"answer\":\\[\\{\"valueString\":)\"\\d+\"", "$1\"n\"")
        // The player books another operator where the first one is taken, as by the other pathway.
        .replaceAll("Dr Example \\d+", "Dr Example")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(Z|[+-]\\d\\d:\\d\\d)", "time");
  }

  private List<String> written(Pathway pathway) {
    return jdbc.queryForList(
        "select resource_type from pathway_resource where pathway_id = ? and resource_type <> 'Provenance' order by resource_type",
        String.class,
        pathway.id());
  }
}
