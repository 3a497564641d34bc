package org.carepathway.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.carepathway.RunningService;
import org.carepathway.StumblingStep;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathways;
import org.carepathway.record.Agent;
import org.carepathway.record.Records;
import org.carepathway.record.Trigger;
import org.carepathway.worklist.Worklist;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Locks of jobs lapse soon after their process is gone, and never while it works (ADR 0013). */
class JobLocksTest extends RunningService {

  private static final Duration GIVEN_UP = Duration.ofSeconds(30);
  private static final Duration LOCK = Duration.ofSeconds(20);

  private static final String JOBS =
      " from act_ru_job j join act_ru_execution p on p.id_ = j.process_instance_id_"
          + " where p.business_key_ = ? and j.process_def_key_ = 'stumbling'";

  @Autowired private Deployments deployments;
  @Autowired private PathwayEngine engine;
  @Autowired private JobsInHand jobs;
  @Autowired private ProcessEngine processes;
  @Autowired private Pathways pathways;
  @Autowired private Records records;
  @Autowired private Worklist worklist;
  @Autowired private StumblingStep step;
  @Autowired private TransactionTemplate transaction;
  @Autowired private JdbcTemplate jdbc;

  private final CountDownLatch gate = new CountDownLatch(1);

  /** Also when the test failed: others use this step, too. */
  @AfterEach
  void letGo() {
    step.holdNone();
    gate.countDown();
  }

  @BeforeEach
  void deploy() throws Exception {
    deployments.deploy(
        "stumbling",
        Map.of(
            "stumbling.bpmn",
            Files.readString(Path.of("src/test/resources/models/stumbling.bpmn"))));
  }

  @Test
  void aLockIsRenewedWhileItsJobRunsAndLapsesWhenItsProcessIsGone() throws Exception {
    int before = step.entered();
    UUID atWork = refer();
    step.holdNext(gate);
    start(atWork, "");
    await().until(() -> step.entered() == before + 1);
    Instant first = lockedUntil(atWork);
    assertThat(first).isBefore(now().plus(LOCK).plusSeconds(1));

    UUID gone = refer();
    start(gone, "update act_ru_job set lock_owner_ = 'gone', lock_exp_time_ = ? where id_ = ?");
    Instant left = Instant.now();
    await("what the process that is gone had taken on")
        .atMost(GIVEN_UP)
        .until(() -> triaged(gone) == 1);
    assertThat(Duration.between(left, Instant.now())).as("not stolen").isGreaterThan(LOCK);

    await("longer than the first lock").until(() -> now().isAfter(first.plusSeconds(3)));
    assertThat(lockedUntil(atWork)).isAfter(now().plusSeconds(10));
    assertThat(step.entered()).as("each was done once").isEqualTo(before + 2);
    gate.countDown();
    await().until(() -> triaged(atWork) == 1);
  }

  /** What would happen when a process that was taken for dead goes on. */
  @Test
  void aJobThatRunsTwiceAtTheSameTimeTakesEffectOnce() throws Exception {
    int before = step.entered();
    UUID pathway = refer();
    long written = written();
    step.holdNext(gate);
    start(pathway, "");
    await().until(() -> step.entered() == before + 1);
    String job = job(pathway);

    CompletableFuture<Void> again =
        CompletableFuture.runAsync(
            jobs.getExecuteJobsRunnable(List.of(job), (ProcessEngineImpl) processes));
    // What a job writes comes of the job: so the second one waits for the first at some row.
    await("both are at it").during(Duration.ofSeconds(4)).until(() -> !again.isDone());
    gate.countDown();

    again.get(1, TimeUnit.MINUTES);
    await().until(() -> triaged(pathway) == 1);
    await("the other one is over").until(() -> jobs(pathway) == 0);
    assertThat(triaged(pathway)).isEqualTo(1);
    assertThat(written()).isEqualTo(written + 1);
  }

  private UUID refer() throws Exception {
    FhirClient fhir = new FhirClient(port());
    String referral =
        fhir.refer(fhir.sendPatient("marks-isabella.json")).getIdElement().getIdPart();
    return pathways.ofReferral(referral).orElseThrow().id();
  }

  /**
   * Leaves a job for the engine.
   *
   * @param lock what is done to it before anybody sees it, if not empty
   */
  private void start(UUID pathway, String lock) {
    transaction.executeWithoutResult(
        status -> {
          records.triggeredBy(new Trigger("test-" + UUID.randomUUID(), Agent.SERVICE));
          engine.start("stumbling", "1.0.0", pathway, Map.of("later", true));
          if (!lock.isEmpty()) {
            jdbc.update(lock, Timestamp.from(now().plus(LOCK)), job(pathway));
          }
        });
  }

  private String job(UUID pathway) {
    return jdbc.queryForObject("select j.id_" + JOBS, String.class, pathway.toString());
  }

  private int jobs(UUID pathway) {
    return jdbc.queryForObject("select count(*)" + JOBS, Integer.class, pathway.toString());
  }

  private Instant lockedUntil(UUID pathway) {
    return jdbc.queryForObject(
            "select j.lock_exp_time_" + JOBS, Timestamp.class, pathway.toString())
        .toInstant();
  }

  private long triaged(UUID pathway) {
    return worklist.ofPathway(pathway).stream()
        .filter(item -> item.title().equals("Triage again"))
        .count();
  }

  private long written() {
    return jdbc.queryForObject(
        "select count(*) from hfj_resource where res_type = 'CommunicationRequest'", Long.class);
  }

  private static Instant now() {
    return ClockUtil.getCurrentTime().toInstant();
  }
}
