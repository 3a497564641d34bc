package org.carepathway.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.fhir.context.FhirContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.carepathway.OwnFolder;
import org.carepathway.delivery.FaultyHospital.Victim;
import org.carepathway.fhirfeed.LinkedPatients;
import org.carepathway.outbox.Outbox;
import org.carepathway.outbox.OutboxTables;
import org.carepathway.outbox.Written;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Steps write while the network drops, delays, slices, repeats and answers nothing after an EHR has
 * written, EHRs answer with errors and acknowledge other messages, and the process that sends, the
 * EHRs and PostgreSQL are killed (SIGKILL): in the end each resource is at each EHR once, as it was
 * written last. {@code -Pfaults} does so with more of each.
 */
@Tag("service")
class KilledDeliveryTest {

  private static final int STEPS = Integer.getInteger("faults.steps", 40);
  private static final int PROCESS = Integer.getInteger("faults.process", 3);
  private static final int EHR = Integer.getInteger("faults.ehr", 2);
  private static final int DATABASE = Integer.getInteger("faults.database", 1);
  private static final long SEED = Long.getLong("faults.seed", 19);

  /** An EHR that did not answer in time is left alone for up to five minutes. */
  private static final Duration PATIENCE = Duration.ofSeconds(600L + STEPS);

  private final Random random = new Random(SEED);

  @Test
  void eachResourceIsAtEachEhrOnceAsItWasWrittenLast() throws Exception {
    long begun = System.nanoTime();
    try (FaultyHospital hospital = new FaultyHospital(OwnFolder.of("killed-delivery"))) {
      DriverManagerDataSource database = new DriverManagerDataSource(hospital.url());
      OutboxTables.create(database);
      JdbcTemplate jdbc = new JdbcTemplate(database);
      link(jdbc);
      Steps steps = new Steps(random);
      hospital.send();
      List<Victim> victims = victims();
      for (int i = 0; i < STEPS; i++) {
        step(jdbc, steps.next(), hospital);
        Thread.sleep(random.nextInt(30));
        while (!victims.isEmpty() && isTurn(i, victims.size())) {
          kill(jdbc, hospital, victims.remove(0));
        }
      }
      hospital.calm(() -> count(jdbc, "state = 'new'") == 0, PATIENCE);
      assertThat(
              jdbc.queryForList(
                  "select site || ' ' || subject || ': ' || said from outbox_entry where state <>"
                      + " 'done'",
                  String.class))
          .isEmpty();
      Received received = new Received(jdbc);
      for (Map.Entry<String, KillableEhr> ehr : hospital.ehrs().entrySet()) {
        received.judge(ehr.getKey(), steps.last(), ehr.getValue().received());
      }
      received.judgeMessages(hospital.messages());
      report(jdbc, Duration.ofNanos(System.nanoTime() - begun));
    }
  }

  private List<Victim> victims() {
    List<Victim> victims = new ArrayList<>(Collections.nCopies(PROCESS, Victim.PROCESS));
    victims.addAll(Collections.nCopies(EHR, Victim.EHR));
    victims.addAll(Collections.nCopies(DATABASE, Victim.DATABASE));
    Collections.shuffle(victims, random);
    return victims;
  }

  /** Spread over all steps. */
  private static boolean isTurn(int step, int left) {
    int all = PROCESS + EHR + DATABASE;
    return step >= (all - left + 1) * STEPS / (all + 1);
  }

  /** While something is under way. */
  private void kill(JdbcTemplate jdbc, FaultyHospital hospital, Victim victim) throws Exception {
    int before = done(jdbc);
    await()
        .atMost(PATIENCE)
        .failFast("the process ended by itself", () -> !hospital.isSending())
        .until(() -> done(jdbc) > before + 3 || count(jdbc, "state = 'new'") == 0);
    Thread.sleep(random.nextInt(200));
    hospital.kill(victim, random);
  }

  private static void link(JdbcTemplate jdbc) {
    for (String vendor : Rig.vendors()) {
      for (int i = 0; i < DeliveryProcess.PATIENTS; i++) {
        LinkedPatients.link(jdbc, vendor, "p" + i, "e-p" + i);
      }
    }
  }

  /** As a step does: all of it is committed, or none. */
  private static void step(JdbcTemplate jdbc, Steps.Step step, FaultyHospital hospital) {
    TransactionTemplate transaction =
        new TransactionTemplate(new DataSourceTransactionManager(jdbc.getDataSource()));
    Outbox outbox = OutboxTables.outbox(jdbc, transaction, event -> {});
    transaction.executeWithoutResult(
        status -> {
          hospital.sites().forEach(site -> outbox.add(written(site, step)));
          if (step.isRolledBack()) {
            status.setRollbackOnly();
          }
        });
  }

  private static Written written(String site, Steps.Step step) {
    return new Written(
        site,
        step.patient(),
        UUID.randomUUID(),
        "vertebroplasty",
        step.kind(),
        step.subject(),
        FhirContext.forR4Cached().newJsonParser().encodeResourceToString(step.resource()));
  }

  private static void report(JdbcTemplate jdbc, Duration time) {
    String rungs =
        jdbc
            .queryForList(
                "select rung || ' ' || count(*) from outbox_entry group by rung order by rung",
                String.class)
            .stream()
            .collect(Collectors.joining(", "));
    System.out.printf(
        "%d steps (seed %d), kills: %d of the process, %d of EHRs, %d of PostgreSQL; %d s:"
            + " %d entries sent (%s), %d attempts more%n",
        STEPS,
        SEED,
        PROCESS,
        EHR,
        DATABASE,
        time.toSeconds(),
        done(jdbc),
        rungs,
        jdbc.queryForObject("select sum(attempts - 1) from outbox_entry", Integer.class));
  }

  private static int done(JdbcTemplate jdbc) {
    return count(jdbc, "state = 'done'");
  }

  private static int count(JdbcTemplate jdbc, String condition) {
    return jdbc.queryForObject(
        "select count(*) from outbox_entry where " + condition, Integer.class);
  }
}
