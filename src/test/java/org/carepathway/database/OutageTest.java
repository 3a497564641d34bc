package org.carepathway.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.carepathway.RunningService;
import org.carepathway.security.Caller;
import org.junit.jupiter.api.Test;

/** What is answered while PostgreSQL does not: it is stopped for some seconds and goes on. */
class OutageTest extends RunningService {

  private static final Duration NOTICED = Duration.ofSeconds(10);

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void whileTheDatabaseHangsAllIsRefusedAndThenGoesOnByItself() throws Exception {
    Caller coordinator = new Caller(port(), "coordinator").signIn();
    Caller client = new Caller(port(), "coordinator");
    List<ProcessHandle> postgres =
        new Postmaster(BuiltInPostgres.cluster(DATA.toAbsolutePath())).all();
    Signals.halt(postgres);
    try {
      CompletableFuture<HttpResponse<String>> underWay =
          CompletableFuture.supplyAsync(() -> read(client, "Task?_count=7"));
      await("noticed").atMost(NOTICED).until(() -> get("/actuator/health/readiness") == 503);
      assertThat(get("/actuator/health/liveness")).isEqualTo(200);
      assertThat(get("/engine-rest/engine")).isEqualTo(503);

      refusedWithAnOutcome(underWay.get(10, TimeUnit.SECONDS));
      refusedWithAnOutcome(read(client, "Task"));
      refusedWithAnOutcome(read(client, "metadata"));
      assertThat(client.fhir("GET", "Task", null, "Accept", "application/fhir+xml").body())
          .startsWith("<OperationOutcome");
      HttpResponse<String> page = coordinator.page("/worklist");
      assertThat(page.statusCode()).isEqualTo(503);
      assertThat(page.headers().firstValue("Retry-After")).contains("10");
      assertThat(page.body()).contains("Not available at the moment").doesNotContain("SQL");
      assertThat(events().body()).startsWith("retry: 10000");
    } finally {
      Signals.goOn(postgres);
    }
    await("up again")
        .atMost(Duration.ofMinutes(1))
        .until(() -> get("/actuator/health/readiness") == 200);
    assertThat(coordinator.page("/worklist").statusCode()).isEqualTo(200);
    assertThat(read(client, "Task").statusCode()).isEqualTo(200);
  }

  private static void refusedWithAnOutcome(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("10");
    assertThat(answer.body())
        .startsWith("{\"resourceType\":\"OperationOutcome\"")
        .contains("\"transient\"");
  }

  /** As a browser asks: only what is answered well is asked for again. */
  private HttpResponse<String> events() throws Exception {
    URI address = URI.create("http://127.0.0.1:" + port() + "/worklist/events");
    return http.send(
        HttpRequest.newBuilder(address).header("Accept", "text/event-stream").build(),
        BodyHandlers.ofString());
  }

  private int get(String path) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + port() + path);
    return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
        .statusCode();
  }

  private static HttpResponse<String> read(Caller client, String path) {
    try {
      return client.fhir(path);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
