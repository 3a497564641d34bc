package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.commons.lang3.StringUtils;
import org.carepathway.RunningService;
import org.carepathway.security.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** A search that asks too much, takes too long or loses the database. */
class SlowSearchTest extends RunningService {

  private static final String SEARCH = "Observation?status=final";
  private static final String SEARCHING =
      " from pg_stat_activity where state = 'active' and query ilike '%hfj_spidx_token%'"
          + " and query ilike '%select%' and pid <> pg_backend_pid()";
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** Without a limit they would take two minutes. */
  private static final Duration TOGETHER = Duration.ofSeconds(60);

  private static final int MANY = 80;

  private final ExecutorService clients = Executors.newCachedThreadPool();

  private volatile boolean locked;

  @Autowired private DataSource dataSource;
  @Autowired private JdbcTemplate jdbc;

  @AfterEach
  void stop() {
    clients.shutdownNow();
  }

  @Test
  void aParameterThatIsRepeatedHundredsOfTimesIsRefused() throws Exception {
    String many =
        IntStream.range(0, 400).mapToObj(n -> "status=ready").collect(Collectors.joining("&"));
    Caller coordinator = new Caller(port(), "coordinator");
    refused(coordinator.fhir("Task?" + many), "times 'status'");
    refused(coordinator.search("Task/_search", many), "times 'status'");
    refused(coordinator.search("Task/_search?status=ready&status=x", many), "times 'status'");
    refused(coordinator.fhir("Task?" + many.replace("status", "_include")), "_include");
    refused(coordinator.fhir("Task?status=" + "ready,".repeat(400)), "values");
    String bundle =
        """
        {"resourceType":"Bundle","type":"%s","entry":[{
        "fullUrl":"urn:uuid:5d1c2c0c-2b0a-4c37-a9a5-0d6c3c0f1c11",
        "resource":{"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"reference":"Patient?%s"}},
        "request":{"method":"POST","url":"Observation","ifNoneExist":"%s"}}]}""";
    String identifiers = many.replace("status", "identifier");
    refused(
        coordinator.fhir("POST", "", bundle.formatted("transaction", identifiers, "identifier=1")),
        "times 'identifier'");
    refused(
        coordinator.fhir("POST", "", bundle.formatted("transaction", "identifier=1", identifiers)),
        "times 'identifier'");
    // Each entry of a batch is refused by itself, as if it had come alone.
    refusedInBatch(
        coordinator.fhir("POST", "", bundle.formatted("batch", identifiers, "identifier=1")),
        "403",
        "is its identifier");
    refusedInBatch(
        coordinator.fhir("POST", "", bundle.formatted("batch", "identifier=1", identifiers)),
        "400",
        "times 'identifier'");
    HttpResponse<String> byName =
        coordinator.fhir("POST", "", bundle.formatted("transaction", "family=x", "identifier=1"));
    assertThat(byName.statusCode()).as(byName.body()).isEqualTo(403);
    HttpResponse<String> condition =
        coordinator.fhir(
            "POST",
            "Observation",
            "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"x\"}}",
            "If-None-Exist",
            identifiers);
    refused(condition, "times 'identifier'");
  }

  @Test
  void aSearchThatTakesTooLongIsStoppedAlsoWhenItsClientHasLeft() throws Exception {
    try (Connection other = dataSource.getConnection()) {
      other.setAutoCommit(false);
      other.createStatement().execute("lock table hfj_spidx_token in access exclusive mode");
      Future<HttpResponse<String>> waits = search();
      Future<HttpResponse<String>> leaves = search();
      await(() -> searching() > 1);
      leaves.cancel(true);

      HttpResponse<String> answer = waits.get();
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(answer.body()).contains("took too long").doesNotContainIgnoringCase("hfj_");
      await(() -> searching() == 0);
      other.rollback();
    }
  }

  /** Each is stopped when it takes too long; all of them together would take minutes. */
  @Test
  void theSearchesOfABatchHaveOneLimit() throws Exception {
    String entry = "{\"request\":{\"method\":\"GET\",\"url\":\"%s\"}}".formatted(SEARCH);
    String batch =
        "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[%s]}"
            .formatted(String.join(",", Collections.nCopies(500, entry)));
    try (Connection other = dataSource.getConnection()) {
      other.setAutoCommit(false);
      other.createStatement().execute("lock table hfj_spidx_token in access exclusive mode");
      Instant begin = Instant.now();
      HttpResponse<String> answer = new Caller(port(), "coordinator").fhir("POST", "", batch);
      assertThat(Duration.between(begin, Instant.now())).isLessThan(LONGEST);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(StringUtils.countMatches(answer.body(), "\"status\":\"503")).isEqualTo(500);
      assertThat(StringUtils.countMatches(answer.body(), "carepathway.limits.batch-reads"))
          .isEqualTo(499);
      Thread.sleep(1_000);
      assertThat(searching()).isZero();
      other.rollback();
    }
  }

  /** Each waits for less than the limit of one. */
  @Test
  void whatOneRequestSearchesForHasOneLimit() throws Exception {
    String put =
        "{\"resource\":{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Slow\"}]},"
            + "\"request\":{\"method\":\"PUT\",\"url\":\"Patient?identifier=urn:slow%%7C%d\"}}";
    String referring =
        "{\"resource\":{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"x\"},"
            + "\"subject\":{\"reference\":\"Patient?identifier=urn:slow|%d\"}},"
            + "\"request\":{\"method\":\"POST\",\"url\":\"Observation\"}}";
    Caller coordinator = new Caller(port(), "coordinator");
    clients.submit(this::lockAgainAndAgain);
    clients.submit(this::lockAgainAndAgain);
    await(() -> locked);

    Instant begin = Instant.now();
    HttpResponse<String> transaction = coordinator.fhir("POST", "", bundle("transaction", put));
    assertThat(Duration.between(begin, Instant.now())).isLessThan(TOGETHER);
    assertThat(transaction.statusCode()).as(transaction.body()).isEqualTo(503);
    assertThat(transaction.body()).contains("carepathway.limits.batch-reads");
    assertThat(transaction.headers().firstValue("Retry-After")).isPresent();

    begin = Instant.now();
    HttpResponse<String> batch = coordinator.fhir("POST", "", bundle("batch", referring));
    assertThat(Duration.between(begin, Instant.now())).isLessThan(TOGETHER);
    assertThat(StringUtils.countMatches(batch.body(), "\"status\":\"400")).isGreaterThan(2);
    assertThat(StringUtils.countMatches(batch.body(), "carepathway.limits.batch-reads"))
        .isGreaterThan(2);
    clients.shutdownNow();
    assertThat(coordinator.fhir("Patient?identifier=urn:slow%7C1").body()).contains("\"total\":0");
  }

  private static String bundle(String type, String entry) {
    return "{\"resourceType\":\"Bundle\",\"type\":\"%s\",\"entry\":[%s]}"
        .formatted(
            type,
            IntStream.range(0, MANY).mapToObj(entry::formatted).collect(Collectors.joining(",")));
  }

  /** Two take turns: one waits already when the other ends, so that no search slips through. */
  private Void lockAgainAndAgain() throws Exception {
    while (!Thread.interrupted()) {
      try (Connection other = dataSource.getConnection()) {
        other.setAutoCommit(false);
        other.createStatement().execute("lock table hfj_spidx_token in access exclusive mode");
        locked = true;
        Thread.sleep(1_500);
        other.rollback();
      }
    }
    return null;
  }

  @Test
  void aSearchWhoseConnectionBreaksIs503() throws Exception {
    try (Connection other = dataSource.getConnection()) {
      other.setAutoCommit(false);
      other.createStatement().execute("lock table hfj_spidx_token in access exclusive mode");
      Future<HttpResponse<String>> waits = search();
      await(() -> searching() > 0);
      jdbc.queryForList("select pg_terminate_backend(pid)" + SEARCHING);

      HttpResponse<String> answer = waits.get();
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(answer.body()).contains("does not answer").doesNotContainIgnoringCase("hfj_");
      other.rollback();
    }
  }

  private Future<HttpResponse<String>> search() {
    return clients.submit(() -> new Caller(port(), "coordinator").fhir(SEARCH));
  }

  private int searching() {
    return jdbc.queryForObject("select count(*)" + SEARCHING, Integer.class);
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    Instant end = Instant.now().plus(LONGEST);
    while (!condition.call()) {
      assertThat(Instant.now()).isBefore(end);
      Thread.sleep(100);
    }
  }

  private static void refused(HttpResponse<String> answer, String limit) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("OperationOutcome", limit);
  }

  private static void refusedInBatch(HttpResponse<String> answer, String status, String limit) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("\"status\":\"" + status, "OperationOutcome", limit);
  }
}
