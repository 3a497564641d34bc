package org.carepathway.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.demo.ehr.RunningEhr;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.HappyPath;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.security.Caller;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a pathway's step has written is at the EHR, and who connects systems sees it. */
class SendingTest extends RunningService {

  private static final String SITE = "demo-ehr";

  @Autowired private ApplicationContext context;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private Pathways pathways;
  @Autowired private ScenarioPlayer player;

  private final String number = "S" + UUID.randomUUID().toString().substring(0, 8);
  private FhirClient fhir;
  private RunningEhr ehr;
  private Caller integrator;

  @BeforeEach
  void begin() throws Exception {
    fhir = new FhirClient(port());
    ehr = RunningEhr.of(context);
    integrator = new Caller(port(), "ehr").signIn();
  }

  /** A patient whom the EHR knows, referred, the referral completed. */
  private String referred() throws Exception {
    String id = fhir.sendPatient("klein-genevie.json");
    Patient here = fhir.as("referrer").read().resource(Patient.class).withId(id).execute();
    here.addIdentifier().setSystem(EHR_NUMBERS).setValue(number);
    fhir.as("referrer").update().resource(here).execute();
    Patient there = new Patient();
    there.setId("e-" + number);
    there.addIdentifier().setSystem(EHR_NUMBERS).setValue(number);
    ehr.put(there);
    fhir.refer(id);
    UUID pathway = pathways.ofPatient(id).get(0).id();
    for (Answer answer : firstAnswers(2)) {
      player.play(pathway, answer);
    }
    return id;
  }

  private static List<Answer> firstAnswers(int many) throws Exception {
    return HappyPath.scenario().steps().stream()
        .filter(Answer.class::isInstance)
        .map(Answer.class::cast)
        .limit(many)
        .toList();
  }

  private String page(String path) throws Exception {
    HttpResponse<String> answer = integrator.page(path);
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer.body();
  }

  @Test
  void whatAStepWritesIsAtTheEhrAndOnThePage() throws Exception {
    String patient = referred();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(
                        jdbc.queryForList(
                            "select distinct state from outbox_entry where patient = ?",
                            String.class,
                            patient))
                    .containsExactly("done"));
    List<Resource> received = ehr.received("Patient/e-" + number);
    assertThat(received)
        .hasSize(
            jdbc.queryForObject(
                "select count(distinct subject) from outbox_entry where patient = ?",
                Integer.class,
                patient));
    assertThat(received).anyMatch(Condition.class::isInstance);
    assertThat(received)
        .filteredOn(Task.class::isInstance)
        .singleElement()
        .satisfies(
            loop -> {
              Task task = (Task) loop;
              assertThat(task.getStatus()).isEqualTo(Task.TaskStatus.ACCEPTED);
              assertThat(task.getBusinessStatus().getCodingFirstRep().getCode()).isEqualTo("3.0");
            });
    assertThat(
            jdbc.queryForList(
                "select state || ' ' || owner from referral_loop where patient = ?",
                String.class,
                patient))
        .containsExactly("ACCEPTED scheduler");

    assertThat(page("/feeds")).contains("site-" + SITE, "Sent to hospital systems");
    String list = page("/feeds/outbox/" + SITE + "?state=done");
    assertThat(list).contains("fracture", "as the resource");
    long entry =
        jdbc.queryForObject(
            "select max(id) from outbox_entry where patient = ?", Long.class, patient);
    assertThat(page("/feeds/outbox/entries/" + entry)).contains("Written and read again");
    assertThat(
            jdbc.queryForList(
                "select about from audit_event where kind = 'export' and ? = any(patients)",
                String.class,
                patient))
        .as("what went where is in the audit")
        .isNotEmpty()
        .containsOnly("sent to demo-ehr (native)");
    integrator.post("/feeds/outbox/" + SITE + "/compare", Map.of());
    assertThat(page("/feeds/outbox/" + SITE)).contains("Compared: ", "What it has otherwise");
    assertThat(
            jdbc.queryForList(
                """
                select distinct w.compared_at is not null || coalesce(' ' || w.drift, '')
                from outbox_written w join outbox_entry e on e.id = w.entry
                where e.patient = ? and w.native_id is not null""",
                String.class,
                patient))
        .as("compared, and nothing found")
        .containsExactly("true");
    assertThat(page("/feeds/outbox/how")).contains("plan-" + SITE, "our identifier");

    int before = ehr.received("Patient/e-" + number).size();
    HttpResponse<String> tried =
        integrator.post("/feeds/outbox/how/" + SITE + "/dry-run", Map.of());
    assertThat(tried.statusCode()).isEqualTo(200);
    assertThat(tried.body())
        .contains("CapabilityStatement", "Procedure?identifier=", "good")
        .doesNotContain("not good");
    assertThat(ehr.received("Patient/e-" + number)).hasSize(before);
  }

  @Test
  void whatIsEnteredByHandIsShownToTheRoleThatEntersIt() throws Exception {
    String patient = referred();
    long entry =
        jdbc.queryForObject(
            """
            update outbox_entry set state = 'hand', owner = 'coordinator', entry_text = 'Fracture: L1 <new>',
              enter_by = now() - interval '1 hour'
            where id = (select min(id) from outbox_entry where patient = ?) returning id""",
            Long.class,
            patient);
    Caller coordinator = new Caller(port(), "coordinator").signIn();
    Caller nurse = new Caller(port(), "nurse").signIn();
    assertThat(coordinator.page("/by-hand").body())
        .contains("hand-" + entry, "Fracture: L1 &lt;new&gt;", "late");
    assertThat(nurse.page("/by-hand").body()).doesNotContain("hand-" + entry);
    assertThat(coordinator.page("/by-hand/late").body()).containsPattern("entr(y|ies) for the EHR");
    assertThat(nurse.page("/by-hand/late").body()).doesNotContain("for the EHR");
    assertThat(nurse.post("/by-hand/" + entry + "/entered", Map.of()).statusCode()).isEqualTo(404);
    assertThat(integrator.page("/by-hand").statusCode()).isEqualTo(403);

    assertThat(coordinator.post("/by-hand/" + entry + "/entered", Map.of()).statusCode())
        .isEqualTo(302);
    assertThat(coordinator.page("/by-hand").body())
        .contains("it counts as entered")
        .doesNotContain("hand-" + entry);
    assertThat(
            jdbc.queryForObject(
                "select state || ' ' || entered_by from outbox_entry where id = ?",
                String.class,
                entry))
        .isEqualTo("done coordinator");
  }

  @Test
  void aReferralWhoseSenderWaitsTooLongIsOnTheBoard() throws Exception {
    String patient = referred();
    jdbc.update(
        "update referral_loop set due_at = now() - interval '400 days' where patient = ?", patient);
    Caller coordinator = new Caller(port(), "coordinator").signIn();
    assertThat(coordinator.page("/board").body())
        .contains("Referrers who wait too long", "accepted");
  }

  @Test
  void itIsForWhoConnectsSystemsOnly() throws Exception {
    for (String user : List.of("coordinator", "admin", "auditor")) {
      Caller other = new Caller(port(), user).signIn();
      for (String path : List.of("/feeds/outbox/" + SITE, "/feeds/outbox/how")) {
        assertThat(other.page(path).statusCode()).as(user + path).isEqualTo(403);
      }
      assertThat(other.post("/feeds/outbox/" + SITE + "/pause", Map.of()).statusCode())
          .isEqualTo(403);
    }
    assertThat(integrator.page("/feeds/outbox/nowhere").statusCode()).isEqualTo(404);
    assertThat(integrator.page("/feeds/outbox/entries/999999999").statusCode()).isEqualTo(404);
  }
}
