package org.carepathway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.carepathway.answers.AnswersRefused;
import org.carepathway.form.FormIssue;
import org.carepathway.invariant.Invariants;
import org.carepathway.invariant.Moment;
import org.carepathway.scenario.RelativeTime;
import org.carepathway.scenario.Scenario;
import org.carepathway.scenario.Scenario.Add;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.Scenario.Check;
import org.carepathway.scenario.Scenario.Follow;
import org.carepathway.scenario.Scenario.ReferAgain;
import org.carepathway.scenario.Scenario.Report;
import org.carepathway.scenario.Scenario.Revoke;
import org.carepathway.scenario.Scenario.Store;
import org.carepathway.scenario.Scenario.Wait;
import org.carepathway.scenario.Scenarios;
import org.carepathway.worklist.WorkItem;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;

/** Plays a scenario and checks what it expects, and that every resource written is valid. */
final class ScenarioRun {

  private static final String TASK_OPEN = "task-open";
  private static final LocalDateTime ANY_DAY = LocalDateTime.of(2026, 11, 2, 9, 0);
  private static final Path PATIENT = Path.of("src/test/resources/patients/boehm-cassaundra.json");
  private static final Path REFERRAL = Path.of("src/main/resources/demo/referral.json");

  private static final Pattern PATH = Pattern.compile("@\\{(.+?)}");

  private static final Pattern UUIDS =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private final Rehearsal stage;
  private final Scenario scenario;
  private final Journey journey;
  private final BiConsumer<String, Journey> course;

  private ScenarioRun(
      Rehearsal stage, Scenario scenario, Path patient, BiConsumer<String, Journey> course) {
    this.stage = stage;
    this.scenario = scenario;
    this.course = course;
    LocalDateTime begin = scenario.begin() == null ? ANY_DAY : scenario.begin();
    Instant at = begin.atZone(stage.clock.getZone()).toInstant();
    this.journey = new Journey(stage, at, patient(patient, begin), referral());
  }

  /** The scenario in a file; one that it extends is beside it. */
  static Scenario read(Path file) {
    return Scenarios.parse(text(file), name -> text(file.resolveSibling(name + ".yaml")));
  }

  static void play(Rehearsal stage, Scenario scenario) {
    play(stage, scenario, PATIENT);
  }

  /** Plays a scenario with the patient whose bundle is in a file. */
  static void play(Rehearsal stage, Scenario scenario, Path patient) {
    play(stage, scenario, patient, (step, journey) -> {});
  }

  /** Plays a scenario and tells its course: each step, once it is done. */
  static void play(Rehearsal stage, Scenario scenario, BiConsumer<String, Journey> course) {
    play(stage, scenario, PATIENT, course);
  }

  /** The same with the patient whose bundle is in a file. */
  static void play(
      Rehearsal stage, Scenario scenario, Path patient, BiConsumer<String, Journey> course) {
    with(stage, scenario, patient, course, ScenarioRun::play);
  }

  /** Has the patient and the referral of a scenario come in, and lets somebody go on from there. */
  static void with(Rehearsal stage, Scenario scenario, Consumer<ScenarioRun> then) {
    with(stage, scenario, PATIENT, (step, journey) -> {}, then);
  }

  private static void with(
      Rehearsal stage,
      Scenario scenario,
      Path patient,
      BiConsumer<String, Journey> course,
      Consumer<ScenarioRun> then) {
    ScenarioRun run = null;
    try {
      run = new ScenarioRun(stage, scenario, patient, course);
      run.begin();
      then.accept(run);
    } finally {
      if (run != null) {
        run.journey.end();
      }
      stage.clock.end();
      stage.store.clear();
    }
  }

  private void begin() {
    course.accept("the referral comes in", journey);
    requireValid();
    assertThat(Invariants.broken(moment(), moment())).as("invariants").isEmpty();
  }

  private void play() {
    Moment now = moment();
    int number = 0;
    for (Scenario.Step step : scenario.steps()) {
      now = play(step, ++number, now);
    }
    end(scenario);
  }

  Rehearsal stage() {
    return stage;
  }

  Journey journey() {
    return journey;
  }

  Moment moment() {
    return journey.moment();
  }

  /** Plays one step and returns the moment after it. */
  Moment play(Scenario.Step step, int number, Moment before) {
    try {
      step(step);
      course.accept("%d %s".formatted(number, name(step)), journey);
      requireValid();
      Moment now = moment();
      // Another pathway is looked at from now on, not from what was known of the one before.
      Moment since = step instanceof Follow ? now : before;
      assertThat(Invariants.broken(since, now)).as("invariants").isEmpty();
      return now;
    } catch (AnswersRefused e) {
      throw new AssertionError(
          "step %d, %s is refused: %s".formatted(number, name(step), e.issues()), e);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("step %d, %s: %s".formatted(number, name(step), e.getMessage()), e);
    }
  }

  /** What a scenario expects at its end; then the flows that it took count. */
  void end(Scenario ended) {
    check(new Check(ended.expect(), ended.tasks()));
    assertThat(stage.flows.reached()).as("reached").containsAll(ended.reached());
    stage.flows.count();
  }

  private void step(Scenario.Step step) {
    if (step instanceof Answer answer && answer.refused().isEmpty()) {
      journey.answer(answer);
    } else if (step instanceof Answer answer) {
      refused(answer.refused(), () -> journey.answer(answer));
    } else if (step instanceof Report report && report.refused().isEmpty()) {
      journey.report(report);
    } else if (step instanceof Report report) {
      refused(report.refused(), () -> journey.report(report));
    } else if (step instanceof Add add && add.isRefused()) {
      refused(List.of(TASK_OPEN), () -> journey.add(add));
    } else if (step instanceof Add add) {
      journey.add(add);
    } else if (step instanceof Wait wait) {
      journey.pass(wait.time());
    } else if (step instanceof Revoke) {
      journey.revoke();
    } else if (step instanceof Store store) {
      journey.store(ofThePatient(store.resource()));
    } else if (step instanceof Follow follow) {
      journey.follow(follow.newest());
    } else if (step instanceof ReferAgain) {
      journey.referAgain(referral());
    } else if (step instanceof Check check) {
      check(check);
    }
  }

  /** The answers break these rules, and nothing was written. */
  private void refused(List<String> rules, Runnable answer) {
    int before = journey.record().size();
    if (List.of(TASK_OPEN).equals(rules)) {
      assertThatThrownBy(answer::run).isInstanceOf(ResourceVersionConflictException.class);
    } else {
      AnswersRefused refused = catchThrowableOfType(AnswersRefused.class, answer::run);
      assertThat(refused).as("refused").isNotNull();
      assertThat(refused.issues().stream().map(FormIssue::rule))
          .as("rules broken: " + refused.issues())
          .containsAll(rules);
    }
    assertThat(journey.record()).as("resources after the refusal").hasSize(before);
  }

  private void check(Check check) {
    for (String condition : check.expect()) {
      assertThat(journey.holds(condition)).as(condition).isTrue();
    }
    if (check.tasks() != null) {
      assertThat(journey.open().stream().map(WorkItem::element))
          .as("open tasks")
          .containsExactlyInAnyOrderElementsOf(check.tasks());
    }
  }

  private void requireValid() {
    for (Resource resource : stage.store.takeWritten()) {
      assertThat(stage.validity.errors(resource))
          .as("errors in " + resource.fhirType() + '/' + resource.getIdElement().getIdPart())
          .isEmpty();
    }
  }

  private Bundle patient(Path file, LocalDateTime begin) {
    Bundle bundle =
        FhirContext.forR4Cached().newJsonParser().parseResource(Bundle.class, fresh(text(file)));
    if (scenario.patient().get("gender") instanceof String gender) {
      Journey.patient(bundle).setGender(AdministrativeGender.fromCode(gender));
    }
    if (scenario.patient().get("age") instanceof Integer age) {
      Journey.patient(bundle).setBirthDate(Date.valueOf(begin.toLocalDate().minusYears(age)));
    }
    return bundle;
  }

  /** Each scenario has a patient of its own: the same facts under new ids. */
  static String fresh(String bundle) {
    Map<String, String> ids = new HashMap<>();
    return UUIDS
        .matcher(bundle)
        .replaceAll(old -> ids.computeIfAbsent(old.group(), id -> UUID.randomUUID().toString()));
  }

  private Resource ofThePatient(Map<String, Object> written) {
    Map<String, Object> resource = new HashMap<>(written);
    String patient =
        switch (String.valueOf(written.get("resourceType"))) {
          case "AllergyIntolerance", "DetectedIssue" -> "patient";
          case "AppointmentResponse" -> "actor";
          default -> "subject";
        };
    if (written.containsKey("participant")) {
      return (Resource) FhirContext.forR4Cached().newJsonParser().parseResource(json(resource));
    }
    resource.put(
        patient, Map.of("reference", "Patient/" + journey.patient().getIdElement().getIdPart()));
    return (Resource) FhirContext.forR4Cached().newJsonParser().parseResource(json(resource));
  }

  /**
   * Times may count from the clock, as in answers; <code>@{...}</code> is FHIRPath of the record.
   */
  private String json(Map<String, Object> resource) {
    try {
      return RelativeTime.WRITTEN
          .matcher(
              PATH.matcher(new ObjectMapper().writeValueAsString(resource))
                  .replaceAll(found -> journey.value(found.group(1))))
          .replaceAll(
              found ->
                  RelativeTime.at(found, stage.clock)
                      .format(
                          found.group(1).equals("today")
                              ? DateTimeFormatter.ISO_LOCAL_DATE
                              : DateTimeFormatter.ISO_OFFSET_DATE_TIME));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ServiceRequest referral() {
    ServiceRequest referral =
        FhirContext.forR4Cached()
            .newJsonParser()
            .parseResource(ServiceRequest.class, text(REFERRAL));
    referral.getIdentifierFirstRep().setValue(UUID.randomUUID().toString());
    if (scenario.referral().get("priority") instanceof String priority) {
      referral.setPriority(ServiceRequest.ServiceRequestPriority.fromCode(priority));
    }
    if (scenario.referral().get("code") instanceof Map<?, ?> code) {
      referral.setCode(
          new CodeableConcept(
              new Coding((String) code.get("system"), (String) code.get("code"), null)));
    }
    return referral;
  }

  private static String name(Scenario.Step step) {
    if (step instanceof Answer answer) {
      return answer.task() + suffix(answer.refused());
    }
    return step instanceof Report report
        ? report.event() + suffix(report.refused())
        : step.toString();
  }

  private static String suffix(List<String> refused) {
    return refused.isEmpty() ? "" : " is refused: " + String.join(", ", refused);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
