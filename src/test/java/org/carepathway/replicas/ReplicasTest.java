package org.carepathway.replicas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.carepathway.RunningService;
import org.carepathway.audit.VerifyCommand;
import org.carepathway.browser.Browsers;
import org.carepathway.browser.Browsers.Visit;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.engine.Deployments;
import org.carepathway.engine.PathwayEngine;
import org.carepathway.keycloak.KeycloakAdmin;
import org.carepathway.keycloak.KeycloakServer;
import org.carepathway.pathway.Pathways;
import org.carepathway.record.Agent;
import org.carepathway.record.Records;
import org.carepathway.record.Trigger;
import org.carepathway.security.Caller;
import org.carepathway.worklist.Worklist;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Two processes of the service on one PostgreSQL. Not part of the usual run, as the second one
 * takes a minute: {@code ./mvnw -Preplicas test}.
 */
@Tag("replicas")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplicasTest extends RunningService {

  private static final double PATIENCE_MS = 120_000;
  private static final String SECONDS = "access.token.lifespan";

  @Autowired private DataSource dataSource;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private TransactionTemplate transaction;
  @Autowired private JobExecutor jobExecutor;
  @Autowired private Deployments deployments;
  @Autowired private PathwayEngine engine;
  @Autowired private Pathways pathways;
  @Autowired private Records records;
  @Autowired private Worklist worklist;

  private Visit visit;
  private SecondReplica second;
  private Caller early;
  private Page earlyAtKeycloak;

  /** Who is signed in before the second process starts is, to it, signed in before a restart. */
  @BeforeAll
  void start() throws Exception {
    visit = Browsers.visit();
    KeycloakServer.ready();
    tokensLast(300);
    early = new Caller(port(), "nurse").signIn();
    earlyAtKeycloak = signIn(port(), "kc-coordinator");
    second = new SecondReplica(database());
  }

  @AfterAll
  void stop() throws Exception {
    visit.close();
    second.stop();
  }

  @Test
  @Order(1)
  void sessionsOutliveARestart() throws Exception {
    assertThat(early.at(second.port()).page("/worklist").body()).contains("Nora Nurse");
    assertThat(open(earlyAtKeycloak, second.port())).endsWith("/worklist");
    assertThat(earlyAtKeycloak.locator("header").innerText()).contains("Nina North");
  }

  @Test
  @Order(2)
  void whoSignsInAtOneIsSignedInAtTheOther() throws Exception {
    Caller nurse = new Caller(second.port(), "nurse").signIn();
    assertThat(nurse.at(port()).page("/worklist").body()).contains("Nora Nurse");
    nurse.at(port()).post("/logout", Map.of());
    assertThat(nurse.page("/worklist").statusCode()).as("signed out at both").isEqualTo(302);
  }

  @Test
  @Order(3)
  void eachRefreshesTheTokensThatTheOtherGot() throws Exception {
    tokensLast(2);
    Page page = signIn(port(), "kc-physician");
    for (int at : new int[] {second.port(), port(), second.port()}) {
      page.waitForTimeout(3_000);
      assertThat(open(page, at)).endsWith("/worklist");
      assertThat(page.locator("header").innerText()).contains("Petra Physician");
    }
    tokensLast(300);
  }

  @Test
  @Order(4)
  void keycloakEndsTheSessionAtBoth() throws Exception {
    Page page = signIn(second.port(), "kc-south");
    assertThat(open(page, port())).endsWith("/worklist");

    // Keycloak tells the first one only.
    KeycloakAdmin.logout("kc-south");

    assertThat(open(page, second.port())).contains("/login");
    assertThat(open(page, port())).contains("/login");
  }

  @Test
  @Order(5)
  void aTaskThatChangesAtOneReachesTheOpenListsOfTheOther() throws Exception {
    FhirClient fhir = new FhirClient(port());
    String referral = fhir.refer(fhir.sendPatient("kiehn-josue.json")).getIdElement().getIdPart();
    Task open = fhir.openTasks(referral).get(0);
    String task = open.getIdElement().getIdPart();
    String role = open.getPerformerTypeFirstRep().getCodingFirstRep().getCode();
    Caller atSecond = new Caller(second.port(), "coordinator").signIn();
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    Stream<String> lines = atSecond.lines("/worklist/events").body();
    CompletableFuture<Void> listening = CompletableFuture.runAsync(() -> lines.forEach(heard::add));
    await("connected").atMost(Duration.ofMinutes(1)).until(() -> heard.contains(":connected"));

    Caller doer = new Caller(port(), USERS.get(role));
    assertThat(
            doer.fhir("POST", "Task/" + task + "/$claim", "{\"resourceType\":\"Parameters\"}")
                .statusCode())
        .isEqualTo(200);

    await("the change").atMost(Duration.ofMinutes(1)).until(() -> heard.contains("data:" + task));
    lines.close();
    listening.cancel(true);
  }

  @Test
  @Order(6)
  void whatBothKeepIsOneChain() throws Exception {
    String patient = new FhirClient(port()).sendPatient("kiehn-josue.json");
    Caller here = new Caller(port(), "coordinator");
    CompletableFuture<Void> other = CompletableFuture.runAsync(() -> read(second.port(), patient));
    read(port(), patient);
    other.join();
    assertThat(here.fhir("Patient/" + patient).statusCode()).isEqualTo(200);

    VerifyCommand verified =
        VerifyCommand.run(Map.of(), "--carepathway.database.directory=" + DATA);

    assertThat(verified.code()).as(verified.said()).isZero();
    Caller auditor = new Caller(port(), "auditor");
    await("the reads at both")
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                auditor
                        .fhir("AuditEvent?patient=" + patient + "&agent=nurse&_count=500")
                        .body()
                        .split("\"resourceType\":\"AuditEvent\"")
                        .length
                    > 100);
  }

  @Test
  @Order(7)
  void whenOneStopsItsSessionsGoOnAtTheOther() throws Exception {
    Caller nurse = new Caller(second.port(), "nurse").signIn();
    Page page = signIn(second.port(), "kc-nurse");

    second.stop();

    assertThat(nurse.at(port()).page("/worklist").body()).contains("Nora Nurse");
    assertThat(open(page, port())).endsWith("/worklist");
  }

  /** The first one does no jobs meanwhile, so that it is the other one that takes it on. */
  @Test
  @Order(8)
  void whatAKilledOneHadTakenOnIsDoneByTheOtherWithin30Seconds() throws Exception {
    deployments.deploy(
        "stumbling",
        Map.of(
            "stumbling.bpmn",
            Files.readString(Path.of("src/test/resources/models/stumbling.bpmn"))));
    FhirClient fhir = new FhirClient(port());
    String referral = fhir.refer(fhir.sendPatient("kiehn-josue.json")).getIdElement().getIdPart();
    UUID pathway = pathways.ofReferral(referral).orElseThrow().id();
    second = new SecondReplica(database());
    jobExecutor.shutdown();
    try (Connection blocking = dataSource.getConnection()) {
      blocking.setAutoCommit(false);
      // The job wants to write a task and waits for this.
      blocking.createStatement().execute("lock table act_ru_task in share mode");
      transaction.executeWithoutResult(
          status -> {
            records.triggeredBy(new Trigger("test-" + UUID.randomUUID(), Agent.SERVICE));
            engine.start("stumbling", "1.0.0", pathway, Map.of("later", true));
          });
      await("taken on").atMost(Duration.ofMinutes(1)).until(() -> locked() == 1);
      second.kill();
      blocking.rollback();
      blocking.setAutoCommit(true);
    }
    jobExecutor.start();

    await("done by the first one")
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                worklist.ofPathway(pathway).stream()
                        .filter(item -> item.title().equals("Triage again"))
                        .count()
                    == 1);
  }

  private int locked() {
    return jdbc.queryForObject(
        "select count(*) from act_ru_job"
            + " where process_def_key_ = 'stumbling' and lock_owner_ is not null",
        Integer.class);
  }

  private static void read(int port, String patient) {
    Caller nurse = new Caller(port, "nurse");
    for (int n = 0; n < 50; n++) {
      try {
        assertThat(nurse.fhir("Patient/" + patient).statusCode()).isEqualTo(200);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Opens the worklist at a replica; returns the address that this led to. */
  private static String open(Page page, int port) {
    page.navigate("http://localhost:" + port + "/worklist");
    return page.url();
  }

  private Page signIn(int port, String user) {
    BrowserContext context = visit.browser().newContext(Browsers.CALM);
    context.setDefaultTimeout(PATIENCE_MS);
    context.setDefaultNavigationTimeout(PATIENCE_MS);
    Page page = context.newPage();
    page.navigate("http://localhost:" + port + "/login");
    page.locator("#keycloak").click();
    page.fill("#username", user);
    page.fill("#password", user + "-password");
    page.locator("#kc-login").click();
    page.waitForURL("**/worklist*");
    return page;
  }

  private void tokensLast(int seconds) throws Exception {
    KeycloakAdmin.client(
        "care-pathway",
        Map.of(
            "backchannel.logout.url",
            "http://localhost:" + port() + "/logout/connect/back-channel/keycloak",
            SECONDS,
            String.valueOf(seconds)));
  }

  private String database() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return connection.getMetaData().getURL();
    }
  }
}
