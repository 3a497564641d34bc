package org.carepathway.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import org.carepathway.RunningService;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tokens of a real Keycloak at {@code /fhir}: what is taken and what is refused. */
class TokensTest extends RunningService {

  private static final String SCOPES = "system/*.rs";

  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void keycloak() {
    KeycloakServer.ready();
  }

  @Test
  void aSystemReadsWithItsToken() throws Exception {
    assertThat(get(KeycloakAdmin.serviceToken(SCOPES), "Task").statusCode()).isEqualTo(200);
  }

  @Test
  void aTokenWithoutTheScopeIsForbidden() throws Exception {
    String token = KeycloakAdmin.serviceToken("system/Task.rs");

    assertThat(get(token, "Task").statusCode()).isEqualTo(200);
    assertThat(get(token, "Patient").statusCode()).isEqualTo(403);
    assertThat(get(KeycloakAdmin.serviceToken(""), "Task").statusCode()).isEqualTo(403);
  }

  @Test
  void keysRotateWithoutARestart() throws Exception {
    String before = KeycloakAdmin.serviceToken(SCOPES);
    assertThat(get(before, "Task").statusCode()).isEqualTo(200);

    KeycloakAdmin.rotateKeys(200);
    String after = KeycloakAdmin.serviceToken(SCOPES);

    assertThat(header(after)).as("signed with another key").isNotEqualTo(header(before));
    assertThat(get(after, "Task").statusCode()).isEqualTo(200);
    assertThat(get(before, "Task").statusCode()).as("the former key stays good").isEqualTo(200);
  }

  /** Of a key that is known a token is good until it ends; of another one nobody can say. */
  @Test
  void whileKeycloakIsDownTokensOfKnownKeysAreGood() throws Exception {
    String known = KeycloakAdmin.serviceToken(SCOPES);
    assertThat(get(known, "Task").statusCode()).isEqualTo(200);
    KeycloakAdmin.rotateKeys(300);
    String unknown = KeycloakAdmin.serviceToken(SCOPES);
    KeycloakServer.hold();
    try {
      assertThat(get(known, "Task").statusCode()).isEqualTo(200);
      HttpResponse<String> answer = get(unknown, "Task");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("30");
      assertThat(answer.body())
          .contains("OperationOutcome", "transient")
          .doesNotContain("Exception");
      assertThat(get(known, "Task").statusCode()).as("still").isEqualTo(200);
    } finally {
      KeycloakServer.resume();
    }
    await("the new key")
        .atMost(Duration.ofMinutes(2))
        .until(() -> get(unknown, "Task").statusCode() == 200);
  }

  @Test
  void aTokenWithAnotherSignatureIsRefused() throws Exception {
    String token = KeycloakAdmin.serviceToken(SCOPES);
    String[] parts = token.split("\\.");
    String none = encoded("{\"alg\":\"none\"}") + '.' + parts[1] + '.';
    String changed =
        parts[0] + '.' + encoded(decoded(parts[1]).replace("ehr", "xyz")) + '.' + parts[2];

    refused(none);
    refused(changed);
    refused("nonsense");
  }

  @Test
  void aTokenForAnotherAudienceIsRefused() throws Exception {
    // A token of the realm "master" is signed by the same Keycloak, for another issuer and
    // audience.
    refused(KeycloakAdmin.masterToken());
  }

  @Test
  void appsAreToldWhereToGetATokenAndWhatTheServerCan() throws Exception {
    HttpResponse<String> smart = open(".well-known/smart-configuration");
    assertThat(smart.statusCode()).isEqualTo(200);
    assertThat(smart.body()).contains(KeycloakServer.issuer()).contains("permission-v2");
    HttpResponse<String> metadata = open("metadata");
    assertThat(metadata.statusCode()).as(metadata.body()).isEqualTo(200);
    assertThat(metadata.body()).contains("CapabilityStatement");
  }

  private HttpResponse<String> open(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + port() + "/fhir/" + path)).build(),
        BodyHandlers.ofString());
  }

  private void refused(String token) throws Exception {
    HttpResponse<String> answer = get(token, "Task");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .hasValueSatisfying(
            header -> assertThat(header).startsWith("Bearer").contains("invalid_token"));
    assertThat(answer.body()).contains("OperationOutcome", "login").doesNotContain("Exception");
  }

  private HttpResponse<String> get(String token, String path)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + port() + "/fhir/" + path))
            .header("Authorization", "Bearer " + token)
            .build(),
        BodyHandlers.ofString());
  }

  private static String header(String token) {
    return token.substring(0, token.indexOf('.'));
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes());
  }

  private static String decoded(String part) {
    return new String(Base64.getUrlDecoder().decode(part));
  }
}
