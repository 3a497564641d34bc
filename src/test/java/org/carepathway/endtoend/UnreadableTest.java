package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.carepathway.RunningService;
import org.carepathway.security.Caller;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is stored and cannot be read is told of, listed, and can be corrected. */
class UnreadableTest extends RunningService {

  private static final String SECRET = "Nobodysname";

  @Autowired private JdbcTemplate jdbc;

  private FhirClient fhir;
  private Door referrer;
  private Caller admin;
  private String patient;
  private String referral;
  private String task;

  @BeforeEach
  void aPatientOnAPathway() throws Exception {
    fhir = new FhirClient(port());
    referrer = new Door(port(), "referrer");
    admin = new Caller(port(), "admin").signIn();
    patient = fhir.sendPatient("torp-carol.json");
    referral = fhir.refer(patient).getIdElement().getIdPart();
    task = fhir.openTasks(referral).get(0).getIdElement().getIdPart();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"resourceType\":\"Observation\",\"status\":\"final\",\"valueQuantity\":{\"value\":1e1000000000000}}",
        "{\"resourceType\":\"Observation\", \"note\": Nobodysname",
        "{\"resourceType\":\"Nobodysname\"}",
        "",
        "<xml/>"
      })
  void anObservationIsToldOfListedAndCorrected(String broken) throws Exception {
    String bad = create(observation("1"));
    String good = create(observation("2"));
    destroy("Observation", bad, broken);
    String name = "Observation/" + bad;

    told(referrer.get("Observation?patient=Patient/" + patient), name, good);
    told(referrer.get("Patient/" + patient + "/$everything?_count=500"), name, good);
    told(referrer.get("Task/" + task + "/$populate"), name, "QuestionnaireResponse");
    told(referrer.get(name + "/_history"), name, "Bundle");
    HttpResponse<String> read = referrer.get(name);
    assertThat(read.statusCode()).as(read.body()).isEqualTo(500);
    assertThat(read.body()).contains(name, "PUT").doesNotContain(SECRET);
    String pathway =
        jdbc.queryForObject(
            "select id::text from pathway where referral_id = ?", String.class, referral);
    Caller person = new Caller(port(), "referrer").signIn();
    for (String page : List.of("/tasks/" + task, "/pathways/" + pathway + "?tab=measures")) {
      HttpResponse<String> shown = person.page(page);
      assertThat(shown.statusCode()).as(page).isEqualTo(200);
      assertThat(shown.body()).as(page).contains(name);
    }
    assertThat(admin.page("/incidents").body())
        .contains(name, "Patient/" + patient, "PUT /fhir/" + name, "version 1")
        .doesNotContain(SECRET);
    admin.post("/incidents/unreadable/" + name + "/check", Map.of());
    assertThat(admin.page("/incidents").body()).contains("still cannot be read", name);

    HttpResponse<String> patched =
        referrer.send(
            "PATCH",
            name,
            Door.JSON_PATCH,
            "[{\"op\":\"add\",\"path\":\"/status\",\"value\":\"final\"}]");
    assertThat(patched.statusCode()).as(patched.body()).isEqualTo(500);
    assertThat(patched.body()).contains(name, "PUT");

    Resource whole = observation("3").setId(bad);
    HttpResponse<String> stale = referrer.send("PUT", name, whole, "If-Match", "W/\"7\"");
    assertThat(stale.statusCode()).as(stale.body()).isEqualTo(412);
    HttpResponse<String> corrected = referrer.send("PUT", name, whole, "If-Match", "W/\"1\"");
    assertThat(corrected.statusCode()).as(corrected.body()).isEqualTo(200);

    assertThat(referrer.get(name).body()).contains("\"value\":3");
    HttpResponse<String> found = referrer.get("Observation?patient=Patient/" + patient);
    assertThat(found.headers().firstValue("Warning")).isEmpty();
    assertThat(found.body()).contains(bad, good);
    // The former version is no reason to list what is right now.
    assertThat(referrer.get(name + "/_history").statusCode()).isEqualTo(200);
    assertThat(admin.page("/incidents").body()).doesNotContain(name);
  }

  @Test
  void aTransactionCorrectsItToo() throws Exception {
    String bad = create(observation("1"));
    destroy("Observation", bad, "{");
    referrer.get("Observation/" + bad);
    assertThat(admin.page("/incidents").body()).contains("Observation/" + bad);
    HttpResponse<String> sent =
        referrer.send(
            "POST",
            "",
            Door.JSON,
            "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"resource\":%s,\"request\":{\"method\":\"PUT\",\"url\":\"Observation/%s\"}}]}"
                .formatted(Door.json((Resource) observation("4").setId(bad)), bad));
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(200);
    assertThat(referrer.get("Observation/" + bad).body()).contains("\"value\":4");
    assertThat(admin.page("/incidents").body()).doesNotContain("Observation/" + bad);
  }

  @Test
  void whatTheOperatorHasMendedIsCheckedAgain() throws Exception {
    String bad = create(observation("1"));
    String was = stored("Observation", bad);
    destroy("Observation", bad, "{");
    referrer.get("Observation/" + bad);
    assertThat(admin.page("/incidents").body()).contains("Observation/" + bad);
    destroy("Observation", bad, was);
    admin.post("/incidents/unreadable/Observation/" + bad + "/check", Map.of());
    assertThat(admin.page("/incidents").body())
        .contains("can be read now")
        .doesNotContain("Observation/" + bad);
  }

  /** Patient and referral are what every step reads. */
  @Test
  void patientAndReferralOfARunningPathwayAreCorrected() throws Exception {
    destroy("Patient", patient, "{");
    HttpResponse<String> form = referrer.get("Task/" + task + "/$populate");
    assertThat(form.statusCode()).as(form.body()).isLessThan(600);
    assertThat(admin.page("/incidents").body()).contains("Patient/" + patient);
    Patient whole = new Patient();
    whole.setId(patient);
    whole.addName().setFamily("Corrected").addGiven("Carol");
    whole.addIdentifier().setSystem("https://example.org/mrn").setValue(patient);
    HttpResponse<String> corrected = referrer.send("PUT", "Patient/" + patient, whole);
    assertThat(corrected.statusCode()).as(corrected.body()).isEqualTo(200);
    assertThat(referrer.get("Task/" + task + "/$populate").statusCode()).isEqualTo(200);

    ServiceRequest sent = Door.parse(ServiceRequest.class, stored("ServiceRequest", referral));
    sent.setId(referral);
    destroy("ServiceRequest", referral, "{");
    String other = fhir.sendPatient("klein-genevie.json");
    ServiceRequest wrong = sent.copy().setSubject(new Reference("Patient/" + other));
    HttpResponse<String> refused = referrer.send("PUT", "ServiceRequest/" + referral, wrong);
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
    assertThat(refused.body()).contains("ServiceRequest.subject", patient);
    HttpResponse<String> right = referrer.send("PUT", "ServiceRequest/" + referral, sent);
    assertThat(right.statusCode()).as(right.body()).isEqualTo(200);
    assertThat(referrer.get("Task/" + task + "/$populate").statusCode()).isEqualTo(200);
    assertThat(admin.page("/incidents").body())
        .doesNotContain("Patient/" + patient + "</code>", "ServiceRequest/" + referral);
  }

  /** It can be read by nobody; whose it is still counts. */
  @Test
  void whoDoesNotSeeThePatientCorrectsNothing() throws Exception {
    String bad = create(observation("1"));
    destroy("Observation", bad, "{");
    for (String user : List.of("south", "nurse")) {
      HttpResponse<String> sent =
          new Door(port(), user)
              .send("PUT", "Observation/" + bad, (Resource) observation("9").setId(bad));
      assertThat(sent.statusCode()).as(user + sent.body()).isIn(400, 403, 404);
    }
    Observation elsewhere = observation("9");
    String own = southPatient();
    elsewhere.setSubject(new Reference("Patient/" + own)).setId(bad);
    HttpResponse<String> sent =
        new Door(port(), "south").send("PUT", "Observation/" + bad, elsewhere);
    assertThat(sent.statusCode()).as(sent.body()).isIn(403, 404);
    assertThat(stored("Observation", bad)).isEqualTo("{");
  }

  private String southPatient() throws Exception {
    Patient own = new Patient();
    own.addName().setFamily("South").addGiven("Sam");
    HttpResponse<String> created = new Door(port(), "south").send("POST", "Patient", own);
    return created.statusCode() == 201 ? id(created) : patient;
  }

  private static void told(HttpResponse<String> answer, String name, String with) {
    assertThat(answer.statusCode()).as(answer.request() + answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains(with).doesNotContain(SECRET);
    assertThat(answer.headers().firstValue("Warning").orElse("")).contains(name);
  }

  private Observation observation(String value) {
    Observation observation = new Observation();
    observation.setStatus(ObservationStatus.FINAL);
    observation.addCategory(
        new CodeableConcept()
            .addCoding(
                new org.hl7.fhir.r4.model.Coding(
                    "http://terminology.hl7.org/CodeSystem/observation-category",
                    "laboratory",
                    null)));
    observation.getCode().addCoding().setSystem("http://loinc.org").setCode("38267-1");
    observation.setSubject(new Reference("Patient/" + patient));
    observation.setEffective(new org.hl7.fhir.r4.model.DateTimeType("2026-11-01"));
    observation.setValue(
        new org.hl7.fhir.r4.model.Quantity().setValue(new java.math.BigDecimal(value)));
    return observation;
  }

  private String create(Observation observation) throws Exception {
    HttpResponse<String> created = referrer.send("POST", "Observation", observation);
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    return id(created);
  }

  private static String id(HttpResponse<String> created) {
    return created
        .headers()
        .firstValue("Location")
        .orElseThrow()
        .replaceAll(".*/fhir/\\w+/|/_hist.*", "");
  }

  private String stored(String type, String id) {
    return jdbc.queryForObject(
        """
        select v.res_text_vc from hfj_res_ver v join hfj_resource r on r.res_id = v.res_id
        where r.res_type = ? and r.fhir_id = ? and v.res_ver = r.res_ver""",
        String.class,
        type,
        id);
  }

  private void destroy(String type, String id, String with) {
    assertThat(
            jdbc.update(
                """
                update hfj_res_ver v set res_text = null, res_encoding = 'JSON', res_text_vc = ?
                from hfj_resource r where r.res_id = v.res_id and r.res_ver = v.res_ver
                  and r.res_type = ? and r.fhir_id = ?""",
                with,
                type,
                id))
        .isOne();
  }
}
