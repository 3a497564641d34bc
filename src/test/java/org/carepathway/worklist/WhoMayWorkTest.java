package org.carepathway.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.carepathway.RunningService;
import org.carepathway.clock.ServiceClock;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.HappyPath;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.scenario.Scenarios;
import org.carepathway.security.ActAs;
import org.carepathway.security.Caller;
import org.carepathway.security.Colleague;
import org.carepathway.security.Colleagues;
import org.carepathway.security.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The pages let work on a task whoever the list, the bulk actions and {@code /fhir} let. */
class WhoMayWorkTest extends RunningService {

  private static final OptionalInt ANY = OptionalInt.empty();
  private static final Map<String, String> TRIAGE =
      Map.of("complete", "true", "route", "STANDARD", "priority", "urgent");
  private static final String AWAY = "Away for who may work";

  @Autowired private Worklist worklist;
  @Autowired private Substitution substitution;
  @Autowired private Escalation escalation;
  @Autowired private Colleagues colleagues;
  @Autowired private Pathways pathways;
  @Autowired private ScenarioPlayer player;
  @Autowired private ServiceClock serviceClock;
  @Autowired private Clock clock;

  private WorkItem triage;

  @BeforeEach
  void refer() throws Exception {
    FhirClient fhir = new FhirClient(port());
    String referral =
        fhir.refer(fhir.sendPatient("boehm-cassaundra.json")).getIdElement().getIdPart();
    UUID pathway = pathways.ofReferral(referral).orElseThrow().id();
    player.play(pathway, HappyPath.referral());
    triage =
        worklist.ofPathway(pathway).stream().filter(WorkItem::isOpen).findFirst().orElseThrow();
  }

  @AfterEach
  void everybodyIsBack() {
    admin(
        () ->
            substitution.current().stream()
                .filter(absence -> absence.note().equals(AWAY))
                .forEach(absence -> substitution.end(absence.id())));
  }

  @Test
  void theRoleThatATaskWasEscalatedToOpensDraftsAndCompletesIt() throws Exception {
    escalate();
    Caller physician = new Caller(port(), "physician").signIn();

    HttpResponse<String> page = physician.page(address());
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("data-form", "Take it on", "Complete the task");
    assertThat(physician.post(address() + "/draft", TRIAGE).statusCode()).isEqualTo(200);
    assertThat(physician.post(address() + "/claim", Map.of()).statusCode()).isEqualTo(302);
    assertThat(physician.page(address()).body()).contains("Give it back");
    HttpResponse<String> done = physician.post(address(), answers(page.body()));
    assertThat(done.statusCode()).as(done.body()).isEqualTo(302);
    assertThat(worklist.find(triage.id()).owner()).isEqualTo("physician");
    assertThat(worklist.find(triage.id()).status()).isEqualTo(WorkItem.Status.COMPLETED);
  }

  @Test
  void whoStandsInOpensDraftsAndCompletesIt() throws Exception {
    claimedByClara();
    Caller coordinator = new Caller(port(), "coordinator").signIn();
    assertThat(coordinator.page(address()).statusCode()).isEqualTo(409);

    coordinatorStandsInForClara();

    HttpResponse<String> page = coordinator.page(address());
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("data-form", "Clara", "you stand in", "Take it on");
    assertThat(coordinator.post(address() + "/draft", TRIAGE).statusCode()).isEqualTo(200);
    HttpResponse<String> done = coordinator.post(address(), answers(page.body()));
    assertThat(done.statusCode()).as(done.body()).isEqualTo(302);
    assertThat(worklist.find(triage.id()).status()).isEqualTo(WorkItem.Status.COMPLETED);
  }

  @Test
  void whoMayNotWorkOnItReadsWhyAndWhatTheyMayDo() throws Exception {
    escalate();
    HttpResponse<String> nurse = new Caller(port(), "nurse").signIn().page(address());
    assertThat(nurse.statusCode()).isEqualTo(403);
    assertThat(nurse.body())
        .contains("You do not have the role", "Coordinator", "IR physician")
        .doesNotContain("data-form", "Assign, comment or snooze");
    assertThat(new Caller(port(), "nurse").signIn().page(address() + "/handling").body())
        .doesNotContain("/worklist/bulk");

    claimedByClara();
    Caller physician = new Caller(port(), "physician").signIn();
    HttpResponse<String> taken = physician.page(address());
    assertThat(taken.statusCode()).isEqualTo(409);
    assertThat(taken.body()).contains("has taken this task on", "Assign, comment or snooze");
    assertThat(physician.post(address() + "/draft", TRIAGE).statusCode()).isEqualTo(409);
    assertThat(physician.page(address() + "/handling").body())
        .contains("/worklist/bulk", "Dr. Ilya Physician")
        .doesNotContain("value=\"claim\"");
  }

  /** A coordinator hands out the tasks of every role without doing them. */
  @Test
  void whoHandsOutIsOfferedIt() throws Exception {
    player.play(triage.pathwayId(), answer("TriageReferral"));
    WorkItem imaging =
        worklist.ofPathway(triage.pathwayId()).stream()
            .filter(item -> item.isOpen() && !item.role().equals("coordinator"))
            .findFirst()
            .orElseThrow();
    HttpResponse<String> page =
        new Caller(port(), "coordinator").signIn().page("/tasks/" + imaging.id());
    assertThat(page.statusCode()).isEqualTo(403);
    assertThat(page.body()).contains("You do not have the role", "Assign, comment or snooze");
  }

  /** What is typed, and the day that the page proposes. */
  private static Map<String, String> answers(String page) {
    Matcher proposed = Pattern.compile("name=\"review-by\" value=\"([^\"]+)\"").matcher(page);
    assertThat(proposed.find()).isTrue();
    Map<String, String> answers = new HashMap<>(TRIAGE);
    answers.put("review-by", proposed.group(1));
    return answers;
  }

  private void escalate() {
    serviceClock.advance(
        Duration.between(clock.instant(), triage.about().escalateAt()).plusMinutes(1));
    escalation.run();
  }

  private void claimedByClara() {
    ActAs.role(Role.COORDINATOR, "clara", "Clara", () -> worklist.claim(triage.id(), ANY));
  }

  private void coordinatorStandsInForClara() {
    Instant now = clock.instant();
    Colleague clara = new Colleague("clara", "Clara", Set.of("coordinator"));
    Colleague coordinator = colleagues.find("coordinator").orElseThrow();
    admin(
        () ->
            substitution.enter(
                clara, coordinator, now.minusSeconds(60), now.plus(Duration.ofDays(1)), AWAY));
  }

  private static void admin(Runnable action) {
    ActAs.role(
        Role.ADMIN,
        "admin",
        "Ada Admin",
        () -> {
          action.run();
          return null;
        });
  }

  private static Answer answer(String task) throws Exception {
    String happyPath = Files.readString(Path.of("bpmn/vertebroplasty/scenarios/happy-path.yaml"));
    return Scenarios.parse(happyPath).steps().stream()
        .filter(Answer.class::isInstance)
        .map(Answer.class::cast)
        .filter(step -> step.task().equals(task))
        .findFirst()
        .orElseThrow();
  }

  private String address() {
    return "/tasks/" + triage.id();
  }
}
