package org.carepathway.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code load} against a service that cannot take all at the moment. */
class BusyServiceTest {

  private static final int MANY = 10;
  private static final int TAKEN = 3;
  private static final String TOO_MUCH =
      "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"too-costly\",\"diagnostics\":\"too long\"}]}";

  @TempDir Path folder;

  private final ObjectMapper json = new ObjectMapper();
  private HttpServer service;
  private String told;

  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    service.setExecutor(Executors.newCachedThreadPool());
    service.start();
    Files.writeString(
        folder.resolve("all.ndjson"),
        IntStream.range(0, MANY)
            .mapToObj(
                n -> "{\"resourceType\":\"Location\",\"id\":\"%s\"}\n".formatted(UUID.randomUUID()))
            .collect(Collectors.joining()));
  }

  @AfterEach
  void stop() {
    service.stop(0);
  }

  @Test
  void aPartThatTakesTooLongIsSentInHalves() throws Exception {
    service.createContext(
        "/fhir",
        exchange -> {
          JsonNode entries = json.readTree(exchange.getRequestBody()).path("entry");
          if (entries.size() > TAKEN) {
            answer(exchange, 503, TOO_MUCH);
          } else {
            answer(exchange, 200, stored(entries));
          }
        });

    assertThat(load("--part=10")).as(told).isZero();
    assertThat(Files.readAllLines(folder.resolve("journal.tsv"))).hasSize(MANY + 1);
  }

  /** Not that another part was stopped for it. */
  @Test
  void whyItStoppedIsTold() throws Exception {
    CountDownLatch refused = new CountDownLatch(1);
    service.createContext(
        "/fhir",
        exchange -> {
          if (refused.getCount() == 0) {
            try {
              TimeUnit.SECONDS.sleep(1);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
          refused.countDown();
          answer(exchange, 401, "{}");
        });

    assertThat(load("--part=1")).isEqualTo(2);
    assertThat(told).contains("401").doesNotContain("It was stopped");
  }

  private int load(String part) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int code =
        LoadCommand.run(
            new String[] {
              LoadCommand.NAME,
              folder.resolve("all.ndjson").toString(),
              "--to=http://localhost:" + service.getAddress().getPort() + "/fhir",
              "--user=ehr",
              part,
              "--journal=" + folder.resolve("journal.tsv"),
              "--refused=" + folder.resolve("refused.tsv")
            },
            Map.of(LoadOptions.PASSWORD, "ehr"),
            new PrintStream(out, true, StandardCharsets.UTF_8));
    told = out.toString(StandardCharsets.UTF_8);
    return code;
  }

  private static String stored(JsonNode entries) {
    return "{\"resourceType\":\"Bundle\",\"type\":\"transaction-response\",\"entry\":[%s]}"
        .formatted(
            StreamSupport.stream(entries.spliterator(), false)
                .map(
                    entry ->
                        "{\"response\":{\"status\":\"201\",\"location\":\"Location/%s/_history/1\"}}"
                            .formatted(entry.path("resource").path("id").asText()))
                .collect(Collectors.joining(",")));
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
