package org.carepathway.demo;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.repository.IRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.carepathway.answers.AnswersRefused;
import org.carepathway.clock.ServiceClock;
import org.carepathway.form.FormIssue;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.Scenario;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.Scenario.Wait;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.scenario.Scenarios;
import org.carepathway.security.ActAs;
import org.carepathway.security.Role;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Fills an empty demo with synthetic patients who stand at different stages of the pathway. */
@Component
@Profile("demo")
@ConditionalOnProperty(name = "carepathway.demo.cohort", matchIfMissing = true)
class DemoCohort implements ApplicationRunner {

  private static final Logger LOG = LoggerFactory.getLogger(DemoCohort.class);

  private static final String SCENARIO = "classpath*:/content/bpmn/*/scenarios/happy-path.yaml";

  /** How many tasks of the scenario each patient has behind them. */
  private static final int[] STAGES = {0, 1, 2, 4, 6, 8, 11, 14};

  private final FhirContext fhirContext;
  private final IRepository repository;
  private final Pathways pathways;
  private final ScenarioPlayer player;
  private final TransactionTemplate transaction;
  private final ServiceClock clock;

  DemoCohort(
      FhirContext fhirContext,
      IRepository repository,
      Pathways pathways,
      ScenarioPlayer player,
      TransactionTemplate transaction,
      ServiceClock clock) {
    this.fhirContext = fhirContext;
    this.repository = repository;
    this.pathways = pathways;
    this.player = player;
    this.transaction = transaction;
    this.clock = clock;
  }

  @Override
  public void run(ApplicationArguments arguments) throws IOException {
    if (!pathways.newest(1).isEmpty()) {
      return;
    }
    PathMatchingResourcePatternResolver resources = new PathMatchingResourcePatternResolver();
    Scenario scenario = Scenarios.parse(scenario(resources.getResources(SCENARIO)));
    ServiceRequest referral =
        fhirContext
            .newJsonParser()
            .parseResource(
                ServiceRequest.class, text(resources.getResource("classpath:/demo/referral.json")));
    Resource[] patients = resources.getResources("classpath:/demo/patients/*.json");
    Arrays.sort(patients, Comparator.comparing(Resource::getFilename));
    travel(patients, referral, scenario);
    LOG.info("Demo cohort: {} patients on their way", patients.length);
  }

  /**
   * The first one that stands by itself: what extends another one is of a pathway that inherits.
   */
  private static String scenario(Resource[] found) throws IOException {
    for (Resource resource : found) {
      String text = text(resource);
      if (!text.contains("\nextends:")) {
        return text;
      }
    }
    throw new IllegalStateException("no pathway has a happy path of its own");
  }

  /**
   * The patients set out one after the other, so that each reaches their stage now: time passes as
   * the one who is furthest needs it.
   */
  private void travel(Resource[] patients, ServiceRequest referral, Scenario scenario)
      throws IOException {
    Map<Integer, UUID> pathways = new TreeMap<>();
    int furthest = Arrays.stream(STAGES).max().orElseThrow();
    int tick = 0;
    for (Scenario.Step step : scenario.steps()) {
      if (step instanceof Wait wait) {
        if (tick < furthest) {
          ZonedDateTime now = ZonedDateTime.now(clock);
          clock.advance(Duration.between(now, now.plus(wait.time())));
        }
        continue;
      }
      for (int i = 0; i < patients.length; i++) {
        int begin = furthest - STAGES[i % STAGES.length];
        if (tick == begin) {
          pathways.put(i, refer(text(patients[i]), referral.copy()));
        }
        if (tick >= begin && tick < furthest && pathways.containsKey(i)) {
          if (!goesOn(pathways.get(i), answer(scenario, tick - begin))) {
            pathways.remove(i);
          }
        }
      }
      if (tick++ == furthest) {
        return;
      }
    }
  }

  /** What the demo answers is made for the policy as delivered: with another one somebody waits. */
  private boolean goesOn(UUID pathway, Answer answer) {
    try {
      player.play(pathway, answer);
      return true;
    } catch (AnswersRefused refused) {
      LOG.warn(
          "A demo patient stays at {}: under this policy the demo's answers are refused: {}",
          answer.task(),
          refused.issues().stream().map(FormIssue::rule).distinct().toList());
    } catch (IllegalStateException elsewhere) {
      LOG.warn("A demo patient waits elsewhere under this policy: {}", elsewhere.getMessage());
    }
    return false;
  }

  private static Answer answer(Scenario scenario, int number) {
    return scenario.steps().stream()
        .filter(Answer.class::isInstance)
        .map(Answer.class::cast)
        .skip(number)
        .findFirst()
        .orElseThrow();
  }

  private UUID refer(String patientBundle, ServiceRequest referral) {
    Bundle bundle = fhirContext.newJsonParser().parseResource(Bundle.class, patientBundle);
    String id = new IdType(bundle.getEntryFirstRep().getRequest().getUrl()).getIdPart();
    return ActAs.role(
        Role.REFERRER,
        "referrer",
        "Dr. Rita Referrer",
        () -> {
          transaction.executeWithoutResult(status -> repository.transaction(bundle));
          referral.getSubject().setReference("Patient/" + id);
          referral.getIdentifierFirstRep().setValue("DEMO-" + id);
          IdType created =
              (IdType) transaction.execute(status -> repository.create(referral)).getId();
          return pathways.ofReferral(created.getIdPart()).map(Pathway::id).orElseThrow();
        });
  }

  private static String text(Resource resource) throws IOException {
    return resource.getContentAsString(StandardCharsets.UTF_8);
  }
}
