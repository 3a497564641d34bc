package org.carepathway.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.carepathway.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Pages of other origins at {@code /fhir}, as browsers ask for them. */
class OtherOriginsTest extends RunningService {

  private static final String ALLOWED = "access-control-allow-origin";
  private static final String PREFLIGHT = "Access-Control-Request-Method: %s\r\n";
  private static final String SIGNED_IN =
      "Authorization: Basic "
          + Base64.getEncoder().encodeToString("coordinator:coordinator".getBytes())
          + "\r\n";

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "PATCH"})
  void aListedOriginMayAskBeforehandWithoutSigningIn(String method) throws IOException {
    Answer answer =
        send(
            "OPTIONS",
            "/fhir/Patient",
            OTHER_ORIGIN,
            PREFLIGHT.formatted(method)
                + "Access-Control-Request-Headers: authorization,content-type,if-match,prefer\r\n");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).containsEntry(ALLOWED, OTHER_ORIGIN);
    assertThat(answer.headers().get("access-control-allow-methods")).contains(method);
    assertThat(answer.headers().get("access-control-allow-headers")).contains("authorization");
    assertThat(answer.headers()).doesNotContainKey("access-control-allow-credentials");
  }

  @Test
  void itReadsAnswersAndTheirHeadersRefusalsAmongThem() throws IOException {
    Answer found = send("GET", "/fhir/Patient?_count=1", OTHER_ORIGIN, SIGNED_IN);
    assertThat(found.status()).isEqualTo(200);
    assertThat(found.headers()).containsEntry(ALLOWED, OTHER_ORIGIN);
    assertThat(found.headers().get("access-control-expose-headers")).contains("ETag", "Location");
    Answer refused = send("GET", "/fhir/Patient", OTHER_ORIGIN, "");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.headers()).containsEntry(ALLOWED, OTHER_ORIGIN);
    assertThat(send("GET", "/fhir/metadata", OTHER_ORIGIN, "").headers())
        .containsEntry(ALLOWED, OTHER_ORIGIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "http://apps.example.org",
        "https://apps.example.org.evil.example",
        "https://apps.example.org:444",
        "null"
      })
  void noOtherOriginIsAnswered(String origin) throws IOException {
    Answer beforehand = send("OPTIONS", "/fhir/Patient", origin, PREFLIGHT.formatted("GET"));
    assertThat(beforehand.status()).isEqualTo(403);
    assertThat(beforehand.headers()).doesNotContainKey(ALLOWED);
    Answer answer = send("GET", "/fhir/Patient?_count=1", origin, SIGNED_IN);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.headers()).doesNotContainKey(ALLOWED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/worklist", "/login", "/engine-rest/engine", "/actuator/health"})
  void nothingButFhirIsCalledFromElsewhere(String path) throws IOException {
    assertThat(send("OPTIONS", path, OTHER_ORIGIN, PREFLIGHT.formatted("GET")).headers())
        .doesNotContainKey(ALLOWED);
    assertThat(send("GET", path, OTHER_ORIGIN, SIGNED_IN).headers()).doesNotContainKey(ALLOWED);
  }

  @Test
  void itIsOffByDefaultAndNotForAll() {
    assertThat(settings(Map.of()).origins()).isEmpty();
    assertThat(
            settings(Map.of("carepathway.access.origins", "https://a.org,http://b:8080")).origins())
        .containsExactly("https://a.org", "http://b:8080");
  }

  private static AccessSettings settings(Map<String, String> set) {
    return new Binder(new MapConfigurationPropertySource(set))
        .bindOrCreate("carepathway.access", AccessSettings.class);
  }

  /** Java's client does not send these headers. */
  private Answer send(String method, String path, String origin, String headers)
      throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port())) {
      socket
          .getOutputStream()
          .write(
              "%s %s HTTP/1.1\r\nHost: localhost:%d\r\nOrigin: %s\r\nConnection: close\r\n%s\r\n"
                  .formatted(method, path, port(), origin, headers)
                  .getBytes(StandardCharsets.US_ASCII));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      int status = Integer.parseInt(answer.readLine().split(" ")[1]);
      Map<String, String> found = new TreeMap<>();
      for (String line = answer.readLine(); !line.isEmpty(); line = answer.readLine()) {
        String[] parts = line.split(": ", 2);
        found.merge(parts[0].toLowerCase(), parts[1], (one, other) -> one + ", " + other);
      }
      return new Answer(status, found);
    }
  }

  private record Answer(int status, Map<String, String> headers) {}
}
