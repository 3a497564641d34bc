package org.carepathway.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.carepathway.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sent with each answer, and what is not taken. */
class HardeningTest extends RunningService {

  private static final String BASIC =
      "Basic " + Base64.getEncoder().encodeToString("referrer:referrer".getBytes());

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir Path folder;

  @Test
  void pagesComeWithSecurityHeaders() throws Exception {
    HttpResponse<String> page = send("/login", "GET", null, "X-Nothing", "x");

    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("script-src 'self';")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
    assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
    assertThat(page.headers().firstValue("Permissions-Policy")).isPresent();
    assertThat(page.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
    assertThat(page.headers().firstValue("Set-Cookie").orElseThrow())
        .contains("HttpOnly")
        .contains("SameSite=Lax");
    assertThat(page.body())
        .doesNotContainPattern("<script(?![^>]*src=)")
        .doesNotContain(" onclick=");
  }

  @Test
  void aFormWithoutItsTokenIsRefused() throws Exception {
    assertThat(
            send(
                    "/login",
                    "POST",
                    "username=a&password=b",
                    "Content-Type",
                    "application/x-www-form-urlencoded")
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void xmlWithExternalEntitiesIsRefused() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "TOPSECRET");
    String xml =
        """
        <?xml version="1.0"?><!DOCTYPE p [<!ENTITY x SYSTEM "%s">]>
        <Patient xmlns="http://hl7.org/fhir"><name><family value="&x;"/></name></Patient>"""
            .formatted(secret.toUri());
    String bomb =
        """
        <?xml version="1.0"?><!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>
        <Patient xmlns="http://hl7.org/fhir"><name><family value="&b;"/></name></Patient>""";
    for (String body : java.util.List.of(xml, bomb)) {
      HttpResponse<String> answer =
          send(
              "/fhir/Patient",
              "POST",
              body,
              "Content-Type",
              "application/fhir+xml",
              "Authorization",
              BASIC);
      assertThat(answer.statusCode()).as(answer.body()).isIn(400, 422);
      assertThat(answer.body()).doesNotContain("TOPSECRET").doesNotContain("aaaaaaaaaaaa");
    }
  }

  @Test
  void aBodyThatIsTooLongIsRefused() throws Exception {
    String body = "{\"resourceType\":\"Patient\",\"id\":\"" + "x".repeat(6_000_000) + "\"}";
    assertThat(
            send(
                    "/fhir/Patient",
                    "POST",
                    body,
                    "Content-Type",
                    "application/fhir+json",
                    "Authorization",
                    BASIC)
                .statusCode())
        .isEqualTo(413);
  }

  @Test
  void whoFailsToSignInAgainAndAgainMustWait() throws Exception {
    String wrong = "Basic " + Base64.getEncoder().encodeToString("referrer:wrong".getBytes());
    HttpResponse<String> last = null;
    for (int i = 0; i < 31; i++) {
      last = send("/fhir/Task", "GET", null, "Authorization", wrong, "X-Forwarded-For", "10.1.2.3");
    }
    assertThat(last.statusCode()).isEqualTo(429);
    assertThat(Integer.parseInt(last.headers().firstValue("Retry-After").orElseThrow()))
        .isBetween(1, 60);
    assertThat(send("/fhir/Task", "GET", null, "Authorization", BASIC).statusCode())
        .as("others are not concerned")
        .isEqualTo(200);
  }

  @Test
  void whoFailsAtTheSignInFormAgainAndAgainMustWait() throws Exception {
    HttpResponse<String> last = null;
    Caller caller = new Caller(port(), "nurse").from("10.1.2.4");
    for (int i = 0; i < 31; i++) {
      last = caller.post("/login", Map.of("username", "nurse", "password", "wrong"));
    }
    assertThat(last.statusCode()).isEqualTo(429);
    assertThat(Integer.parseInt(last.headers().firstValue("Retry-After").orElseThrow()))
        .isBetween(1, 60);
    assertThat(last.body()).contains("Too Many Requests").doesNotContain("nurse");
    assertThat(caller.post("/login", Map.of("username", "nurse", "password", "nurse")).statusCode())
        .as("with the right password too")
        .isEqualTo(429);
    Caller other = new Caller(port(), "nurse").signIn();
    assertThat(other.page("/worklist").statusCode()).as("others are not concerned").isEqualTo(200);
  }

  private HttpResponse<String> send(String path, String method, String body, String... headers)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path))
            .headers(headers)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}
