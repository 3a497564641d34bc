package org.carepathway.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.carepathway.outreach.Handover.Later;
import org.carepathway.outreach.Handover.Refused;
import org.carepathway.outreach.Handover.Taken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text messages to a gateway over HTTP, as docs/outreach.md describes it. */
class WebhookCarrierTest {

  private static final String SECRET = "a secret of the gateway";
  private static final Outgoing MESSAGE =
      new Outgoing(UUID.randomUUID(), "+34600111222", "es", "", "Responda: ñ");

  private final Map<String, String> received = new ConcurrentHashMap<>();
  private HttpServer gateway;
  private volatile int status = 200;
  private volatile boolean endless;
  private volatile String answer = "{\"id\": \"g-1\"}";

  @BeforeEach
  void begin() throws IOException {
    gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    gateway.createContext(
        "/send",
        exchange -> {
          exchange
              .getRequestHeaders()
              .forEach((name, values) -> received.put(name.toLowerCase(), values.get(0)));
          received.put(
              "body", new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Location", "/elsewhere");
          exchange.sendResponseHeaders(status, endless ? 0 : body.length);
          exchange.getResponseBody().write(body);
          exchange.getResponseBody().flush();
          if (!endless) {
            exchange.close();
          }
        });
    gateway.createContext("/elsewhere", exchange -> received.put("elsewhere", "was asked"));
    gateway.start();
  }

  @AfterEach
  void end() {
    gateway.stop(0);
  }

  private WebhookCarrier carrier() {
    return new WebhookCarrier(
        Channel.SMS,
        new OutreachSettings.Gateway(
            URI.create("http://localhost:%d/send".formatted(gateway.getAddress().getPort())),
            SECRET),
        new ObjectMapper());
  }

  @Test
  void isSignedAndNumbered() throws Exception {
    assertThat(carrier().handOver(MESSAGE)).isEqualTo(new Taken("g-1"));

    JsonNode body = new ObjectMapper().readTree(received.get("body"));
    assertThat(body.path("id").asText()).isEqualTo(MESSAGE.id().toString());
    assertThat(body.path("to").asText()).isEqualTo(MESSAGE.address());
    assertThat(body.path("text").asText()).isEqualTo(MESSAGE.text());
    assertThat(received.get("idempotency-key")).isEqualTo(MESSAGE.id().toString());
    assertThat(
            Signature.is(
                received.get("x-signature"),
                SECRET,
                received.get("x-timestamp"),
                received.get("body").getBytes(StandardCharsets.UTF_8)))
        .isTrue();
  }

  /** Known to any implementation of HMAC: the signature is what the documentation says. */
  @Test
  void theSignatureIsThatOfTheDocumentation() {
    assertThat(Signature.of("key", "1", "{}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(
            "sha256=" + org.apache.commons.codec.digest.HmacUtils.hmacSha256Hex("key", "1.{}"));
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 429, 408, 301, 302, 307, 308})
  void isTriedAgain(int code) {
    status = code;
    assertThat(carrier().handOver(MESSAGE))
        .isEqualTo(new Later("The gateway answered %d.".formatted(code)));
    assertThat(received).as("the text goes nowhere else").doesNotContainKey("elsewhere");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 422})
  void isNotTriedAgain(int code) {
    status = code;
    assertThat(carrier().handOver(MESSAGE))
        .isEqualTo(new Refused("The gateway answered %d.".formatted(code)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ok",
        "{\"id\": 7}",
        "[1]",
        "null",
        "{\"id\": \"\"}",
        "{\"id\": \"a\\u0000b\"}",
        "{\"error\": null, \"errors\": [], \"success\": true, \"status\": \"queued\"}",
        "{\"error\": false}",
        "{\"error\": 0}",
        "{\"error\": \"\"}",
        "<html>502 Bad Gateway</html>"
      })
  void whatNamesNoMessageGoesByOurs(String odd) {
    answer = odd;
    assertThat(carrier().handOver(MESSAGE)).isEqualTo(new Taken(MESSAGE.id().toString()));
  }

  /** Taken and put in a row are the same to us. */
  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202})
  void isTaken(int code) {
    status = code;
    assertThat(carrier().handOver(MESSAGE)).isEqualTo(new Taken("g-1"));
  }

  /** It says 200, and means that it takes nothing. Its words may name the patient's number. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\": \"invalid number +34600111222\"}",
        "{\"error\": {\"code\": 21211}}",
        "{\"errors\": [{\"title\": \"no credit\"}]}",
        "{\"id\": \"g-1\", \"status\": \"FAILED\"}",
        "{\"status\": \"rejected\"}",
        "{\"success\": false}",
        "{\"ok\": false}"
      })
  void anErrorInTheBodyIsNoSuccess(String lie) {
    answer = lie;
    assertThat(carrier().handOver(MESSAGE))
        .isEqualTo(new Refused("The gateway answered 200, and an error."));
  }

  /** The patient's pathway is locked meanwhile. */
  @Test
  void anAnswerThatNeverEndsIsNotWaitedFor() {
    endless = true;
    Instant before = Instant.now();
    assertThat(carrier().handOver(MESSAGE))
        .isEqualTo(new Later("The gateway did not answer in 6 s."));
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void isNotThere() {
    gateway.stop(0);
    assertThat(carrier().handOver(MESSAGE)).isInstanceOf(Later.class);
  }
}
