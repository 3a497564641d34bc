package org.carepathway.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.fhir.context.FhirContext;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.carepathway.OwnFolder;
import org.carepathway.database.ScratchPostgres;
import org.carepathway.demo.ehr.FakeEhr;
import org.carepathway.fhirfeed.LinkedPatients;
import org.carepathway.mllp.FakeReceiver;
import org.carepathway.outbox.Outbox;
import org.carepathway.outbox.OutboxTables;
import org.carepathway.outbox.Written;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Steps write while each EHR drops, delays, fails and answers nothing after having written, and the
 * process that sends is killed (SIGKILL): in the end each resource is at each EHR once, as it was
 * written last. {@code -Pfaults} does so with more steps and kills.
 */
@Tag("service")
class KilledDeliveryTest {

  private static final int STEPS = Integer.getInteger("faults.steps", 40);
  private static final int KILLS = Integer.getInteger("faults.kills", 3);
  private static final long SEED = Long.getLong("faults.seed", 19);
  private static final Duration PATIENCE = Duration.ofSeconds(120L + STEPS);

  private final Random random = new Random(SEED);
  private final Map<String, FakeEhr> ehrs = new LinkedHashMap<>();
  private final Map<String, FaultyProxy> proxies = new LinkedHashMap<>();
  private volatile boolean isCalm;

  @Test
  void eachResourceIsAtEachEhrOnceAsItWasWrittenLast() throws Exception {
    try (ScratchPostgres postgres = new ScratchPostgres(OwnFolder.of("killed-delivery"));
        FakeReceiver receiver = new FakeReceiver()) {
      String url = postgres.url();
      try (HikariDataSource database = ScratchPostgres.open(url)) {
        OutboxTables.create(database);
        JdbcTemplate jdbc = new JdbcTemplate(database);
        open(jdbc, receiver);
        Steps steps = new Steps(random);
        Process process = start(url);
        int kills = 0;
        for (int i = 0; i < STEPS; i++) {
          step(jdbc, steps.next());
          Thread.sleep(random.nextInt(30));
          if (kills < KILLS && i >= (kills + 1) * STEPS / (KILLS + 1)) {
            int before = done(jdbc);
            Process running = process;
            await()
                .atMost(PATIENCE)
                .failFast("the process ended by itself", () -> !running.isAlive())
                .until(() -> done(jdbc) > before + 3);
            Thread.sleep(random.nextInt(200));
            process.destroyForcibly().waitFor();
            process = start(url);
            kills++;
          }
        }
        isCalm = true;
        ehrs.values().forEach(ehr -> ehr.refuses(resource -> 0));
        await().atMost(PATIENCE).until(() -> count(jdbc, "state = 'new'") == 0);
        process.destroyForcibly().waitFor();
        assertThat(
                jdbc.queryForList(
                    "select site || ' ' || subject || ': ' || said from outbox_entry where state <> 'done'",
                    String.class))
            .isEmpty();
        judge(jdbc, steps, receiver);
        report(jdbc, kills);
      }
    } finally {
      for (FaultyProxy proxy : proxies.values()) {
        proxy.close();
      }
      ehrs.values().forEach(FakeEhr::close);
    }
  }

  private void open(JdbcTemplate jdbc, FakeReceiver receiver) throws IOException {
    for (String vendor : Rig.vendors()) {
      FakeEhr ehr = FakeEhr.like(vendor);
      ehr.refuses(resource -> random.nextInt(20) == 0 ? 500 : random.nextInt(40) == 0 ? 429 : 0);
      ehrs.put(vendor, ehr);
      proxies.put(vendor, FaultyProxy.before(ehr.port(), this::mood));
      for (int i = 0; i < DeliveryProcess.PATIENTS; i++) {
        ehr.knows("e-p" + i, "p" + i);
        LinkedPatients.link(jdbc, vendor, "p" + i, "e-p" + i);
      }
    }
    proxies.put("hl7", FaultyProxy.before(receiver.port(), this::mood));
  }

  /** One of four requests meets a fault. */
  private FaultyProxy.Mood mood() {
    return isCalm || random.nextInt(4) > 0
        ? FaultyProxy.Mood.PASS
        : FaultyProxy.Mood.values()[random.nextInt(FaultyProxy.Mood.values().length)];
  }

  /** As a step does: all of it is committed, or none. */
  private void step(JdbcTemplate jdbc, Steps.Step step) {
    TransactionTemplate transaction =
        new TransactionTemplate(new DataSourceTransactionManager(jdbc.getDataSource()));
    Outbox outbox = OutboxTables.outbox(jdbc, transaction, event -> {});
    transaction.executeWithoutResult(
        status -> {
          for (String site : proxies.keySet()) {
            outbox.add(
                new Written(
                    site,
                    step.patient(),
                    UUID.randomUUID(),
                    "vertebroplasty",
                    step.kind(),
                    step.subject(),
                    FhirContext.forR4Cached()
                        .newJsonParser()
                        .encodeResourceToString(step.resource())));
          }
          if (step.isRolledBack()) {
            status.setRollbackOnly();
          }
        });
  }

  private void judge(JdbcTemplate jdbc, Steps steps, FakeReceiver receiver) {
    for (String vendor : Rig.vendors()) {
      List<Resource> received = ehrs.get(vendor).received();
      List<String> missing = new ArrayList<>();
      steps
          .last()
          .forEach(
              (subject, resource) -> {
                String there =
                    jdbc.queryForObject(
                        "select rung || ' ' || coalesce(ehr_id, '') from outbox_written where site = ? and subject = ?",
                        String.class,
                        vendor,
                        subject);
                if (there.startsWith("native")) {
                  check(vendor, received, there.substring(7), resource, missing);
                }
              });
      assertThat(missing).as(vendor).isEmpty();
      int natives =
          count(jdbc, "site = '" + vendor + "' and native_id is not null", "outbox_written");
      int words =
          count(
              jdbc,
              "site = '%s' and rung in ('document', 'communication') and said not like 'Nothing%%'"
                  .formatted(vendor));
      assertThat(received.stream().map(one -> one.fhirType() + ' ' + Steps.status(one)))
          .as("%s has each of %d once, and %d in words", vendor, natives, words)
          .hasSize(natives + words);
    }
    assertThat(receiver.taken()).hasSize(count(jdbc, "site = 'hl7' and rung = 'message'"));
  }

  private static void check(
      String vendor, List<Resource> received, String ehrId, Resource wanted, List<String> wrong) {
    List<Resource> found =
        received.stream()
            .filter(one -> (one.fhirType() + '/' + one.getIdElement().getIdPart()).equals(ehrId))
            .toList();
    String status = Steps.status(wanted);
    if (found.size() != 1 || !Steps.status(found.get(0)).equals(status)) {
      wrong.add(vendor + ' ' + ehrId + " should be " + status);
    }
  }

  private void report(JdbcTemplate jdbc, int kills) {
    System.out.printf(
        "%d steps, %d kills (seed %d): %d entries sent, %d attempts, %d of them after one of which nobody knew%n",
        STEPS,
        kills,
        SEED,
        done(jdbc),
        jdbc.queryForObject("select sum(attempts) from outbox_entry", Integer.class),
        jdbc.queryForObject("select sum(attempts - 1) from outbox_entry", Integer.class));
  }

  private static int done(JdbcTemplate jdbc) {
    return count(jdbc, "state = 'done'");
  }

  private static int count(JdbcTemplate jdbc, String condition) {
    return count(jdbc, condition, "outbox_entry");
  }

  private static int count(JdbcTemplate jdbc, String condition, String table) {
    return jdbc.queryForObject(
        "select count(*) from " + table + " where " + condition, Integer.class);
  }

  private Process start(String url) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx300m",
                "-cp",
                System.getProperty("java.class.path"),
                DeliveryProcess.class.getName(),
                url));
    proxies.forEach((name, proxy) -> command.add(name + '=' + proxy.port()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(OwnFolder.file("killed-delivery.log")))
        .start();
  }
}
