package org.carepathway.ehr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an EHR answers that does not answer as it should. */
class EhrServerTest {

  private static final String NONE = "{\"resourceType\":\"Bundle\",\"type\":\"searchset\"}";

  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer http;
  private Answer answer;
  private Instant now = Instant.parse("2026-11-29T10:00:00Z");

  private final Clock clock =
      new Clock() {
        @Override
        public java.time.ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now;
        }
      };

  @FunctionalInterface
  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void open() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newCachedThreadPool());
    http.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          try (exchange) {
            answer.to(exchange);
          }
        });
    http.start();
  }

  @AfterEach
  void close() {
    http.stop(0);
  }

  private URI base() {
    return URI.create("http://localhost:" + http.getAddress().getPort() + "/fhir");
  }

  private EhrServer server(String... more) {
    return Asking.server(base(), List.of(), clock, more);
  }

  private static Answer with(int status, String type, String body) {
    return exchange -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  private static EhrFault fault(EhrServer server) {
    EhrFault fault =
        catchThrowableOfType(
            EhrFault.class, () -> server.search("Observation", List.of(Map.entry("patient", "1"))));
    assertThat(fault).isNotNull();
    return fault;
  }

  @Test
  void aPageForPeopleIsNoAnswer() {
    answer = with(200, "text/html", "<html>Sign in</html>");
    assertThat(fault(server()).kind()).isEqualTo(EhrFault.Kind.NO_FHIR);

    answer = with(200, "application/fhir+json", "<html>");
    assertThat(fault(server()).kind()).isEqualTo(EhrFault.Kind.NO_FHIR);
    answer = with(200, "application/fhir+json", "{\"resourceType\":\"Patient\"}");
    assertThat(fault(server())).hasMessage("The answer is no Bundle");
  }

  @Test
  void anOutcomeIsToldByItsCodesAndNotByItsTexts() {
    answer =
        with(
            200,
            "application/fhir+json",
            "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"invalid\",\"diagnostics\":\"Mu\u00f1oz\",\"details\":{\"coding\":[{\"code\":\"59102\"}]}}]}");

    EhrFault fault = fault(server());
    assertThat(fault.kind()).isEqualTo(EhrFault.Kind.REFUSED);
    assertThat(fault).hasMessage("Answered with an OperationOutcome (error invalid 59102)");
  }

  @Test
  void anAnswerThatTricklesIsGivenUp() {
    answer =
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/fhir+json");
          exchange.sendResponseHeaders(200, 0);
          for (int i = 0; i < 100; i++) {
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            pause();
          }
        };

    long begun = System.nanoTime();
    assertThat(fault(server("answer", "500ms")).kind()).isEqualTo(EhrFault.Kind.UNREACHABLE);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void anAnswerThatIsTooLongIsNotRead() {
    answer = with(200, "application/fhir+json", "\"" + "x".repeat(200_000) + "\"");

    EhrFault fault = fault(server("largest", "100KB"));
    assertThat(fault.kind()).isEqualTo(EhrFault.Kind.REFUSED);
    assertThat(fault).hasMessageContaining("longer than");
  }

  @Test
  void noTokenAndNoQuestionGoesToAnotherHost() {
    answer =
        exchange -> {
          exchange.getResponseHeaders().set("Location", "https://elsewhere.example.org/");
          exchange.sendResponseHeaders(302, -1);
        };
    assertThat(fault(server())).hasMessage("Answered with 302");

    EhrFault elsewhere =
        catchThrowableOfType(
            EhrFault.class, () -> server().page("https://elsewhere.example.org/fhir?page=2"));
    assertThat(elsewhere).hasMessageContaining("another host (elsewhere.example.org)");
  }

  @Test
  void whoAsksToBeLeftAloneIsLeftAloneForSoLong() {
    answer =
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "120");
          exchange.sendResponseHeaders(429, -1);
        };
    EhrServer server = server();
    assertThat(fault(server).kind()).isEqualTo(EhrFault.Kind.BUSY);
    answer = with(200, "application/fhir+json", NONE);
    now = now.plusSeconds(119);
    assertThat(fault(server).kind()).isEqualTo(EhrFault.Kind.RESTING);
    assertThat(asked).hasValue(1);

    now = now.plusSeconds(2);
    assertThat(server.search("Observation", List.of()).path("type").asText())
        .isEqualTo("searchset");
  }

  @Test
  void aDeadEhrIsAskedLessAndLessAndFoundAgain() {
    answer = with(500, "text/plain", "");
    EhrServer server = server("interval", "10s");
    for (int i = 0; i < 3; i++) {
      assertThat(fault(server).kind()).isEqualTo(EhrFault.Kind.FAULTY);
    }
    assertThat(fault(server).kind()).isEqualTo(EhrFault.Kind.RESTING);
    for (int i = 0; i < 3600; i += 5) {
      now = now.plusSeconds(5);
      fault(server);
    }
    assertThat(asked.get()).as("questions in an hour").isBetween(10, 25);

    answer = with(200, "application/fhir+json", NONE);
    now = now.plusSeconds(301);
    assertThat(server.search("Observation", List.of()).path("type").asText())
        .isEqualTo("searchset");
  }

  @Test
  void whatIsRefusedOfOneQuestionHoldsUpNoOther() {
    answer = with(404, "text/plain", "");
    EhrServer server = server();
    for (int i = 0; i < 10; i++) {
      assertThat(fault(server).kind()).isEqualTo(EhrFault.Kind.REFUSED);
    }
    answer = with(403, "text/plain", "");
    assertThat(fault(server).kind()).isEqualTo(EhrFault.Kind.FORBIDDEN);
  }

  @Test
  void patientsStandInNoAddress() {
    String[] address = new String[1];
    answer =
        exchange -> {
          address[0] = exchange.getRequestMethod() + ' ' + exchange.getRequestURI();
          with(200, "application/fhir+json", NONE).to(exchange);
        };
    server().search("Patient", List.of(Map.entry("identifier", "urn:x|4711")));
    assertThat(address[0]).isEqualTo("POST /fhir/Patient/_search");

    server("search", "GET").search("Patient", List.of(Map.entry("identifier", "urn:x|4711")));
    assertThat(address[0]).isEqualTo("GET /fhir/Patient?identifier=urn%3Ax%7C4711");
  }

  @Test
  void nobodyIsThere() {
    http.stop(0);
    EhrServer server = server();
    assertThat(fault(server).kind()).isEqualTo(EhrFault.Kind.UNREACHABLE);
  }

  @Test
  void decimalsKeepTheirZeros() {
    answer =
        with(
            200,
            "application/fhir+json",
            "{\"resourceType\":\"Bundle\",\"total\":1,\"entry\":[{\"resource\":{\"value\":1.00}}]}");
    assertThat(server().search("Observation", List.of()).toString()).contains("1.00");
  }
}
