package org.carepathway.outreach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.carepathway.CarePathwayApplication;
import org.carepathway.OwnFolder;
import org.carepathway.clock.ServiceClock;
import org.carepathway.database.ScratchPostgres;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.outreach.RemindedPatients.Reminded;
import org.carepathway.subscription.NumberedSubscriber;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Two processes send the reminders of many patients by a real mail server and a gateway, and are
 * killed (SIGKILL) again and again while they do, and while they tell a subscriber of tasks: {@code
 * ./mvnw -Preplicas test -Dtest=KilledOutreachTest}. A third process, which sends nothing, sets the
 * scene.
 */
@Tag("replicas")
class KilledOutreachTest {

  private static final int PATIENTS = Integer.getInteger("outreach.patients", 12);
  private static final int ROUNDS = Integer.getInteger("outreach.rounds", 2);
  private static final int DEATHS = 2;
  private static final Random RANDOM = new Random(Long.getLong("outreach.seed", 22));
  private static final Duration PATIENCE = Duration.ofMinutes(8);

  private final List<SendingReplica> replicas = new ArrayList<>();
  private final Map<Reminded, List<UUID>> dead = new HashMap<>();
  private int kills;
  private int between;

  private MailServer mails;
  private SigningGateway gateway;
  private ConfigurableApplicationContext scene;
  private JdbcTemplate jdbc;
  private ServiceClock clock;
  private RemindedPatients patients;
  private NumberedSubscriber subscriber;
  private int scenePort;

  @Test
  void eachReminderLeavesOnceOrItIsKnownThatNobodyKnows() throws Exception {
    try (MailServer mail = new MailServer();
        ScratchPostgres postgres = new ScratchPostgres(OwnFolder.of("killed-outreach"));
        SigningGateway texts = new SigningGateway()) {
      mails = mail;
      gateway = texts;
      String database = postgres.url();
      open(database);
      Instant start = patients.book(PATIENTS, 9);
      for (int i = 1; i <= 2; i++) {
        replicas.add(new SendingReplica(i, database, mails.port(), texts.port(), RANDOM));
      }
      subscriber = new NumberedSubscriber(jdbc);
      subscriber.subscribe(scenePort);
      try (Workers workers = new Workers(scene, scenePort, patients.all())) {
        send(start.minus(Duration.ofDays(7)));
        send(start.minus(Duration.ofDays(1)));
      }
      judge();
    } finally {
      for (SendingReplica replica : replicas) {
        replica.close();
      }
      if (scene != null) {
        scene.close();
      }
      if (subscriber != null) {
        subscriber.close();
      }
    }
  }

  private void open(String database) {
    scene =
        new SpringApplicationBuilder(CarePathwayApplication.class)
            .profiles("demo")
            .run(
                "--server.port=0",
                "--spring.datasource.url=" + database,
                "--spring.datasource.username=postgres",
                "--spring.datasource.password=postgres",
                "--carepathway.demo.cohort=false",
                "--carepathway.content.allow-change=true",
                "--carepathway.subscriptions.workers=0",
                "--carepathway.outreach.shown=false");
    jdbc = scene.getBean(JdbcTemplate.class);
    clock = scene.getBean(ServiceClock.class);
    assertThat(scene.getBean(Carriers.class).areSetUp()).as("the scene sends nothing").isFalse();
    scenePort = Integer.parseInt(scene.getEnvironment().getProperty("local.server.port"));
    patients = new RemindedPatients(scene, scenePort);
  }

  /** The window of one reminder: processes that start now see its time. */
  private void send(Instant window) throws Exception {
    for (SendingReplica replica : replicas) {
      replica.end();
    }
    clock.advance(Duration.between(clock.instant(), window.plusSeconds(60)));
    for (int round = 1; round <= ROUNDS; round++) {
      start();
      if (round == 2) {
        die();
      }
      Collections.shuffle(replicas, RANDOM);
      for (SendingReplica replica : replicas) {
        between += replica.kill(RANDOM.nextInt(3) > 0) ? 1 : 0;
        kills++;
      }
    }
    start();
    // What a killed process left is looked after two minutes later.
    await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(2)).until(() -> unfinished() == 0);
  }

  private void start() {
    List<CompletableFuture<Void>> starting =
        replicas.stream().map(each -> CompletableFuture.runAsync(each::start)).toList();
    starting.forEach(CompletableFuture::join);
  }

  /** Some who may not have been written to yet die while both processes send. */
  private void die() {
    List<Reminded> living =
        new ArrayList<>(patients.all().stream().filter(each -> !dead.containsKey(each)).toList());
    Collections.shuffle(living, RANDOM);
    FhirClient fhir = new FhirClient(replicas.get(0).port());
    for (Reminded each : living.subList(0, DEATHS)) {
      Patient patient =
          fhir.as("ehr").read().resource(Patient.class).withId(each.patient()).execute();
      patient.setDeceased(new DateTimeType(Date.from(clock.instant())));
      fhir.as("ehr").update().resource(patient).execute();
      dead.put(each, received(each));
    }
  }

  private int unfinished() {
    return jdbc.queryForObject(
        """
        select (select count(*) from outreach_message where state in ('waiting', 'claimed'))
             + (select count(*) from outreach_matter where state = 'open' and next_at <= ?)""",
        Integer.class,
        Timestamp.from(clock.instant()));
  }

  private List<UUID> received(Reminded who) {
    List<UUID> own = SentReminders.of(scene, who).stream().map(Message::id).toList();
    return Stream.concat(mails.mailed().stream(), gateway.posted().stream().distinct())
        .filter(own::contains)
        .toList();
  }

  private void judge() {
    SentReminders sent = new SentReminders(scene, mails.mailed(), gateway.posted());
    for (Reminded who : patients.all()) {
      if (dead.containsKey(who)) {
        assertThat(received(who)).as("nothing after the death").isEqualTo(dead.get(who));
        sent.judgeEnded(who);
      } else {
        sent.judge(who);
      }
    }
    assertThat(gateway.refused()).isEmpty();
    System.out.printf(
        "%d patients, 2 windows, %d kills, %d of them between handing over and noting; %d died; %s;"
            + " %s%n",
        PATIENTS, kills, between, dead.size(), sent.figures(), subscriber.judge());
  }
}
