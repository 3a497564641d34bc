package org.carepathway.caseload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.audit.Audit;
import org.carepathway.caseload.Case.Trouble;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.pathway.TaskDone;
import org.carepathway.record.Agent;
import org.carepathway.record.Trigger;
import org.carepathway.scenario.HappyPath;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.security.ActAs;
import org.carepathway.security.Caller;
import org.carepathway.security.Colleague;
import org.carepathway.security.Colleagues;
import org.carepathway.security.ListedPatients;
import org.carepathway.security.PatientScope;
import org.carepathway.security.Role;
import org.carepathway.waiting.WaitingUpkeep;
import org.hl7.fhir.r4.model.EpisodeOfCare;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Every patient is on the list, with where they stand, what comes next and who looks after them.
 */
class CaseloadTest extends RunningService {

  private static final Duration MONTH = Duration.ofDays(30);

  @Autowired private Caseload caseload;
  @Autowired private CaseRows rows;
  @Autowired private StageCounts stages;
  @Autowired private Coordinators coordinators;
  @Autowired private Colleagues colleagues;
  @Autowired private Pathways pathways;
  @Autowired private ScenarioPlayer player;
  @Autowired private PatientScope scope;
  @Autowired private Audit audit;
  @Autowired private WaitingUpkeep waits;

  /** Other tests move it. */
  @Autowired private Clock clock;

  private FhirClient fhir;
  private Pathway pathway;

  @BeforeEach
  void refer() throws Exception {
    fhir = new FhirClient(port());
    String referral =
        fhir.refer(fhir.sendPatient("boehm-cassaundra.json")).getIdElement().getIdPart();
    pathway = pathways.ofReferral(referral).orElseThrow();
  }

  @Test
  void aPatientGoesFromStageToStageAndHasSomebodyWhoLooksAfterThem() throws Exception {
    assertThat(found(clock.instant()).coordinator()).isNull();
    play(0);
    Case triage = found(clock.instant());
    assertThat(triage.stage().name()).isEqualTo("Referral and triage");
    assertThat(triage.next().title()).isEqualTo("Triage the referral");
    assertThat(triage.next().role()).isEqualTo("coordinator");
    assertThat(triage.troubles()).isEmpty();
    play(1);
    Case imaging = found(clock.instant());
    assertThat(imaging.stage().name()).isEqualTo("Imaging");
    assertThat(imaging.stage().since()).isAfter(triage.stage().since());
    assertThat(imaging.coordinator()).isNotNull();
    EpisodeOfCare episode =
        fhir.as("coordinator")
            .read()
            .resource(EpisodeOfCare.class)
            .withId(pathway.episodeId())
            .execute();
    assertThat(episode.getCareManager().getDisplay()).isEqualTo(imaging.coordinator());
  }

  @Test
  void whoIsLateIsStuckAndSaysWhy() throws Exception {
    play(0);
    assertThat(found(clock.instant().plus(MONTH)).troubles()).contains(Trouble.OVERDUE);
    assertThat(
            rows.find(
                CaseFilter.of("stuck", null, null, 1),
                all(),
                List.of(),
                clock.instant().plus(MONTH),
                0,
                5000))
        .extracting(Case::id)
        .contains(pathway.id());
  }

  /** A number of the overview leads to just as many lines of the list. */
  @Test
  void theOverviewCountsAsTheListDoes() throws Exception {
    play(0);
    Instant now = clock.instant();
    List<StageCount> counts = stages.all();
    assertThat(counts).extracting(StageCount::name).contains("Referral and triage");
    for (StageCount each : counts) {
      if (each.name() != null) {
        assertThat(listed("open", each.name(), now)).hasSize(each.open());
        assertThat(listed("stuck", each.name(), now)).hasSize(each.stuck());
      }
    }
    assertThat(counts.stream().mapToInt(StageCount::open).sum())
        .isEqualTo(rows.counts(all(), List.of(), now).open());
    HttpResponse<String> page = new Caller(port(), "coordinator").signIn().page("/pathways/stages");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("/pathways?view=stuck&amp;stage=Referral%20and%20triage");
  }

  private List<Case> listed(String view, String stage, Instant now) {
    return rows.find(CaseFilter.of(view, stage, null, 1), all(), List.of(), now, 0, 100_000);
  }

  @Test
  void whoHasWaitedLongerThanTheLimitIsFoundFirst() {
    for (int i = 0; found(clock.instant()).waited() == null && i < 50; i++) {
      waits.look();
    }
    Case now = found(clock.instant());
    assertThat(now.waited().state()).isEqualTo("running");
    assertThat(now.waited().days()).isZero();
    assertThat(now.waited().breached()).isFalse();
    assertThat(found(now.waited().breach().plusSeconds(1)).waited().breached()).isTrue();
    List<Instant> limits =
        rows
            .find(
                CaseFilter.of("open", null, "wait", 1), all(), List.of(), clock.instant(), 0, 5000)
            .stream()
            .filter(each -> each.waited() != null && each.waited().breach() != null)
            .filter(each -> !each.waited().state().equals("stopped"))
            .map(each -> each.waited().breach())
            .toList();
    assertThat(limits).isSorted().contains(now.waited().breach());
  }

  @Test
  void onlyACoordinatorIsNamedAndByNobodyElse() {
    Colleague coordinator = colleague("coordinator");
    assertThatThrownBy(() -> as(Role.IR_NURSE, () -> coordinators.name(pathway.id(), coordinator)))
        .isInstanceOf(ForbiddenOperationException.class);
    assertThatThrownBy(
            () ->
                as(Role.COORDINATOR, () -> coordinators.name(pathway.id(), colleague("physician"))))
        .isInstanceOf(UnprocessableEntityException.class)
        .hasMessageContaining("is no coordinator");
    assertThat(coordinators.of(pathway.id())).isEmpty();
    as(Role.COORDINATOR, () -> coordinators.name(pathway.id(), coordinator));
    assertThat(coordinators.of(pathway.id())).contains(coordinator.display());
  }

  /** By a link a patient does the task of a coordinator. */
  @Test
  void aPatientIsNotTheirOwnCoordinator() {
    coordinators.on(
        new TaskDone(
            pathway,
            UUID.randomUUID(),
            "ContactAt48Hours",
            "coordinator",
            "answers",
            clock.instant(),
            null,
            clock.instant(),
            new Trigger("by a link", Agent.patient(pathway.patientId()))));
    assertThat(coordinators.of(pathway.id())).isEmpty();
  }

  @Test
  void myPatientsAreMine() throws Exception {
    Caller caller = new Caller(port(), "coordinator").signIn();
    assertThat(caller.page("/pathways?view=mine&sort=-started").body()).doesNotContain(id());
    HttpResponse<String> named =
        caller.post("/pathways/" + pathway.id() + "/coordinator", Map.of("name", "coordinator"));
    assertThat(named.statusCode()).isEqualTo(302);
    assertThat(caller.page("/pathways?view=mine&sort=-started").body()).contains(id());
    assertThat(caller.page("/pathways?view=ended&sort=-started").body()).doesNotContain(id());
  }

  @Test
  void aNoteIsReadByAllWhoCareForThePatientAndATooLongOneIsRefused() throws Exception {
    Caller nurse = new Caller(port(), "nurse").signIn();
    String notes = "/pathways/" + pathway.id() + "/notes";
    assertThat(nurse.post(notes, Map.of("text", "Deaf on the <left>")).statusCode()).isEqualTo(302);
    HttpResponse<String> refused = nurse.post(notes, Map.of("text", "x".repeat(2001)));
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("this one has 2001");
    assertThat(
            new Caller(port(), "physician")
                .signIn()
                .page("/pathways/" + pathway.id() + "?tab=notes")
                .body())
        .contains("Deaf on the &lt;left&gt;")
        .contains("Nora Nurse")
        .doesNotContain("xxx");
    assertThat(
            new Caller(port(), "referrer").signIn().post(notes, Map.of("text", "a")).statusCode())
        .isEqualTo(403);
  }

  /** A name that begins like a formula, with a comma and a quotation mark. */
  @Test
  void theFileIsTextForASpreadsheetAndAnExportForTheAudit() throws Exception {
    Patient patient =
        fhir.as("referrer").read().resource(Patient.class).withId(pathway.patientId()).execute();
    patient.getName().clear();
    patient.addName().setText("=cmd, \"x\"").setFamily("=cmd, \"x\"");
    fhir.as("referrer").update().resource(patient).execute();
    Caller caller = new Caller(port(), "coordinator").signIn();
    HttpResponse<String> file = caller.page("/pathways/list.csv?sort=-started");
    assertThat(file.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
    assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
        .contains("patients.csv");
    assertThat(file.body())
        .startsWith("\ufeffPatient,Born,")
        .contains("\r\n\"'=cmd, \"\"x\"\"\",")
        .doesNotContain("??");
    audit.flush();
    Caller auditor = new Caller(port(), "auditor").signIn();
    assertThat(auditor.post("/audit", Map.of("number", pathway.patientId())).body())
        .contains("Taken as a file");
  }

  private Case found(Instant now) {
    return rows
        .find(CaseFilter.of("open", null, "-started", 1), all(), List.of(), now, 0, 5000)
        .stream()
        .filter(each -> each.id().equals(pathway.id()))
        .findFirst()
        .orElseThrow();
  }

  private ListedPatients all() {
    return scope.listed();
  }

  private String id() {
    return "case-" + pathway.id();
  }

  private Colleague colleague(String name) {
    return colleagues.find(name).orElseThrow();
  }

  private void as(Role role, Runnable act) {
    ActAs.role(
        role,
        "carl",
        "Carl Colleague",
        () -> {
          act.run();
          return null;
        });
  }

  private void play(int number) throws Exception {
    player.play(
        pathway.id(),
        HappyPath.scenario().steps().stream()
            .filter(Answer.class::isInstance)
            .map(Answer.class::cast)
            .skip(number)
            .findFirst()
            .orElseThrow());
  }
}
