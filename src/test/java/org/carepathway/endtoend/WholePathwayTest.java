package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.carepathway.RunningService;
import org.carepathway.clock.ServiceClock;
import org.carepathway.fhir.Conformance;
import org.carepathway.pathway.ExpressionContexts;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.record.Agent;
import org.carepathway.scenario.AnswerSheets;
import org.carepathway.scenario.Scenario;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.Scenario.Revoke;
import org.carepathway.scenario.Scenario.Wait;
import org.carepathway.scenario.Scenarios;
import org.carepathway.security.Caller;
import org.carepathway.security.PatientDataWatch;
import org.carepathway.template.FhirPathContext;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A patient travels the whole pathway, done by a system that knows only FHIR R4 REST: it sends the
 * patient and the referral, reads Tasks, reads each Questionnaire, completes.
 */
class WholePathwayTest extends RunningService {

  /** A machine under load may take long to fire a timer; nothing is measured here. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @Autowired private Clock clock;
  @Autowired private ServiceClock serviceClock;
  @Autowired private Pathways pathways;
  @Autowired private ExpressionContexts contexts;
  @Autowired private FhirPaths paths;
  @Autowired private Conformance conformance;
  @Autowired private AnswerSheets sheets;
  @Autowired private JdbcTemplate jdbc;
  private final Map<String, Caller> callers = new HashMap<>();

  @ParameterizedTest(name = "{0}")
  @CsvSource({"happy-path, boehm", "not-a-candidate, king", "cancelled-by-referrer, torp"})
  void scenario(String name, String patient) throws Exception {
    Scenario scenario =
        Scenarios.parse(Files.readString(Path.of("bpmn/vertebroplasty/scenarios", name + ".yaml")));
    try (PatientDataWatch watch = new PatientDataWatch()) {
      int documents = travel(scenario, new FhirClient(port()), patient, watch);
      assertThat(documents > 0).isEqualTo(!name.equals("cancelled-by-referrer"));
    }
  }

  /** Returns how many documents there are in the end. */
  private int travel(Scenario scenario, FhirClient fhir, String patient, PatientDataWatch watch)
      throws Exception {
    String patientId = fhir.sendPatient(file(patient));
    ServiceRequest referral = fhir.refer(patientId);
    String referralId = referral.getIdElement().getIdPart();

    for (Scenario.Step step : scenario.steps()) {
      if (step instanceof Answer answer) {
        complete(fhir, referralId, answer, watch);
      } else if (step instanceof Wait wait) {
        ZonedDateTime now = ZonedDateTime.now(clock);
        serviceClock.advance(Duration.between(now, now.plus(wait.time())));
      } else if (step instanceof Revoke) {
        ServiceRequest current =
            fhir.as("referrer").read().resource(ServiceRequest.class).withId(referralId).execute();
        current.setStatus(ServiceRequestStatus.REVOKED);
        fhir.as("referrer").update().resource(current).execute();
      }
    }

    assertThat(fhir.openTasks(referralId))
        .extracting(task -> task.getCode().getText())
        .as("open tasks after the end")
        .isEmpty();
    Pathway pathway = pathways.ofReferral(referralId).orElseThrow();
    OpenPathway open = pathways.view(pathway.id()).orElseThrow();
    FhirPathContext context = contexts.ofAll(open, scenario.expect(), "Test", Agent.SERVICE);
    for (String expectation : scenario.expect()) {
      assertThat(paths.test(null, expectation, context)).as(expectation).isTrue();
    }
    assertEveryResourceIsValid(open.record().all());
    assertEveryWriteHasProvenance(open.record().all());
    FinishedRecord finished = new FinishedRecord(port(), patientId);
    finished.check(open.record().all());
    int documents = finished.documents(open.record().all());
    visitEveryKindOfPage(pathway, watch);
    watch.assertNothingOf((Patient) open.patient(), entered(scenario));
    return documents;
  }

  /** The links of the patient page, one of each kind. */
  private void visitEveryKindOfPage(Pathway pathway, PatientDataWatch watch) throws Exception {
    Caller coordinator = signedIn("coordinator");
    String page = "/pathways/" + pathway.id();
    Set<String> kinds = new HashSet<>();
    for (String tab : List.of("course", "measures", "plan", "documents", "notes", "record")) {
      for (String link : watch.visit(coordinator, page + "?all=true&tab=" + tab)) {
        if (link.startsWith(page + "/") && kinds.add(link.replaceAll("[^/]*[0-9-][^/]*", "*"))) {
          watch.visit(coordinator, link);
        }
      }
    }
    assertThat(kinds).hasSizeGreaterThan(5);
    if (kinds.stream().anyMatch(kind -> kind.endsWith("/pdf"))) {
      assertWhatLeftIsKept(pathway);
    }
  }

  /** The auditor reads which file was taken, and which resource was looked at. */
  private void assertWhatLeftIsKept(Pathway pathway) throws Exception {
    Caller auditor = signedIn("auditor");
    await("the audit")
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(auditor.post("/audit", Map.of("number", pathway.patientId())).body())
                    .containsPattern("/documents/DocumentReference/[^/]+/pdf")
                    .contains("Taken as a file")
                    .contains("GET /pathways/" + pathway.id() + "/facts/"));
  }

  private Caller signedIn(String user) throws Exception {
    Caller caller = callers.get(user);
    if (caller == null) {
      caller = new Caller(port(), user).signIn();
      callers.put(user, caller);
    }
    return caller;
  }

  /** Free texts, as people type them. */
  private static Set<String> entered(Scenario scenario) {
    return scenario.steps().stream()
        .filter(Answer.class::isInstance)
        .flatMap(answer -> ((Answer) answer).answers().values().stream())
        .filter(value -> value instanceof String text && text.contains(" "))
        .map(String::valueOf)
        .collect(Collectors.toSet());
  }

  private static Optional<Task> open(FhirClient fhir, String referralId, String element) {
    return fhir.openTasks(referralId).stream()
        .filter(open -> element.equals(open.getCode().getCodingFirstRep().getCode()))
        .findFirst();
  }

  private void complete(FhirClient fhir, String referralId, Answer answer, PatientDataWatch watch)
      throws Exception {
    new PathwayTimers(pathways.ofReferral(referralId).orElseThrow().id(), jdbc, serviceClock)
        .until(() -> open(fhir, referralId, answer.task()).isPresent());
    Task task =
        await("task " + answer.task())
            .atMost(PATIENCE)
            .until(() -> open(fhir, referralId, answer.task()), Optional::isPresent)
            .orElseThrow();
    String user = USERS.get(task.getPerformerTypeFirstRep().getCodingFirstRep().getCode());
    String id = task.getIdElement().getIdPart();
    watch.visit(signedIn(user), "/tasks/" + id);
    Questionnaire form = questionnaire(fhir, task);
    QuestionnaireResponse prefilled = fhir.populate(user, id);
    Task done = fhir.complete(user, id, sheets.fill(form, prefilled, answer.answers()));
    assertThat(done.getStatus()).isEqualTo(Task.TaskStatus.COMPLETED);
  }

  private static Questionnaire questionnaire(FhirClient fhir, Task task) {
    String[] canonical = task.getInputFirstRep().getValue().primitiveValue().split("\\|");
    return FhirClient.resources(
            fhir.as("coordinator")
                .search()
                .byUrl("Questionnaire?url=" + canonical[0] + "&version=" + canonical[1]),
            Questionnaire.class)
        .get(0);
  }

  private void assertEveryResourceIsValid(List<Resource> resources) {
    assertThat(resources).isNotEmpty();
    for (Resource resource : resources) {
      assertThat(
              conformance.validate(resource).getMessages().stream()
                  .filter(
                      message ->
                          message.getSeverity().ordinal()
                              >= ca.uhn.fhir.validation.ResultSeverityEnum.ERROR.ordinal())
                  .map(message -> message.getLocationString() + " " + message.getMessage()))
          .as(resource.fhirType() + "/" + resource.getIdElement().getIdPart())
          .isEmpty();
    }
  }

  private static void assertEveryWriteHasProvenance(List<Resource> resources) {
    List<String> targets =
        resources.stream()
            .filter(org.hl7.fhir.r4.model.Provenance.class::isInstance)
            .flatMap(
                provenance -> ((org.hl7.fhir.r4.model.Provenance) provenance).getTarget().stream())
            .map(org.hl7.fhir.r4.model.Reference::getReference)
            .toList();
    assertThat(resources)
        .filteredOn(resource -> !List.of("Provenance", "Patient").contains(resource.fhirType()))
        .filteredOn(
            resource ->
                !targets.contains(resource.fhirType() + "/" + resource.getIdElement().getIdPart()))
        .map(Resource::fhirType)
        .as("written without Provenance")
        .isEmpty();
  }

  private static String file(String family) throws Exception {
    try (var files = Files.list(Path.of("src/test/resources/patients"))) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(file -> file.startsWith(family + "-"))
          .findFirst()
          .orElseThrow();
    }
  }
}
