package org.carepathway.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.repository.IRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.StumblingStep;
import org.carepathway.clock.ServiceClock;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.engine.Deployments;
import org.carepathway.engine.PathwayEngine;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.HappyPath;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.hl7.fhir.r4.model.CommunicationRequest;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Engine state, FHIR record and worklist row: all of a step happened or none of it (ADR 0001). */
class RollbackTest extends RunningService {

  @Autowired private Deployments deployments;
  @Autowired private PathwayEngine engine;
  @Autowired private Pathways pathways;
  @Autowired private Records records;
  @Autowired private Worklist worklist;
  @Autowired private ScenarioPlayer player;
  @Autowired private StumblingStep stumbling;
  @Autowired private TransactionTemplate transaction;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private IRepository repository;
  @Autowired private ServiceClock clock;

  private UUID pathway;

  @BeforeEach
  void refer() throws Exception {
    deployments.deploy(
        "stumbling",
        Map.of(
            "stumbling.bpmn",
            Files.readString(Path.of("src/test/resources/models/stumbling.bpmn"))));
    FhirClient fhir = new FhirClient(port());
    String referral =
        fhir.refer(fhir.sendPatient("boehm-cassaundra.json")).getIdElement().getIdPart();
    pathway = pathways.ofReferral(referral).orElseThrow().id();
  }

  @Test
  void aLaterStepThatFailsTakesBackWhatEarlierOnesWrote() {
    State before = state();
    stumbling.failNext(1);

    assertThatThrownBy(() -> start(false)).hasMessageContaining("stumbled");

    assertThat(state()).isEqualTo(before);
  }

  @Test
  void anOuterTransactionThatFailsTakesBackTheWholeStep() throws Exception {
    State before = state();
    Answer answer = firstAnswer();
    WorkItem item = worklist.ofPathway(pathway).get(0);

    assertThatThrownBy(
            () ->
                transaction.executeWithoutResult(
                    status -> {
                      player.play(pathway, answer);
                      throw new IllegalStateException("the caller failed");
                    }))
        .hasMessage("the caller failed");

    assertThat(state()).isEqualTo(before);
    assertThat(worklist.find(item.id()).isOpen()).isTrue();
    assertThat(task(item).getStatus()).isEqualTo(Task.TaskStatus.READY);
  }

  @Test
  void doneAgainAfterAFailedCommitItLeavesOneOfEach() throws Exception {
    Answer answer = firstAnswer();
    transaction.executeWithoutResult(
        status -> {
          player.play(pathway, answer);
          status.setRollbackOnly();
        });

    WorkItem done = player.play(pathway, answer);

    assertThat(task(done).getStatus()).isEqualTo(Task.TaskStatus.COMPLETED);
    assertThat(count("QuestionnaireResponse")).isEqualTo(1);
    assertThat(worklist.ofPathway(pathway)).filteredOn(WorkItem::isOpen).hasSize(1);
  }

  @Test
  void aJobThatFailsIsRetriedAndWritesOnce() {
    List<String> before = letters();
    stumbling.failNext(1);
    start(true);

    await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              clock.advance(Duration.ofSeconds(20));
              return worklist.ofPathway(pathway).stream()
                  .anyMatch(item -> item.title().equals("Triage again"));
            });

    assertThat(letters()).hasSize(before.size() + 1);
    assertThat(worklist.ofPathway(pathway))
        .filteredOn(item -> item.title().equals("Triage again"))
        .hasSize(1);
  }

  private void start(boolean later) {
    transaction.executeWithoutResult(
        status -> {
          records.triggeredBy(new Trigger("test-" + UUID.randomUUID(), Agent.SERVICE));
          engine.start("stumbling", "1.0.0", pathway, Map.of("later", later));
        });
  }

  private static Answer firstAnswer() throws Exception {
    return HappyPath.referral();
  }

  private Task task(WorkItem item) {
    return repository.read(Task.class, new IdType("Task", item.id().toString()));
  }

  private long count(String type) {
    return jdbc.queryForObject(
        "select count(*) from pathway_resource where pathway_id = ? and resource_type = ?",
        Long.class,
        pathway,
        type);
  }

  /** In full, so that a failure says which there are. */
  private List<String> letters() {
    return jdbc
        .queryForList(
            "select resource_id from pathway_resource where pathway_id = ? and resource_type = 'CommunicationRequest'",
            String.class,
            pathway)
        .stream()
        .map(
            id ->
                repository.read(CommunicationRequest.class, new IdType("CommunicationRequest", id)))
        .map(letter -> FhirContext.forR4Cached().newJsonParser().encodeResourceToString(letter))
        .toList();
  }

  /** How much there is of everything that a step writes. */
  private State state() {
    return new State(
        rows("select count(*) from hfj_resource"),
        rows("select count(*) from hfj_res_ver"),
        rows("select count(*) from act_ru_execution"),
        rows("select count(*) from act_ru_task"),
        rows("select count(*) from work_item"),
        rows("select count(*) from pathway_resource"));
  }

  private long rows(String sql) {
    return jdbc.queryForObject(sql, Long.class);
  }

  private record State(
      long resources, long versions, long executions, long tasks, long items, long index) {}
}
