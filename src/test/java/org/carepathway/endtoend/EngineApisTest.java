package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.carepathway.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The engine's own API and web applications, where the profile {@code engine-apis} offers them. */
class EngineApisTest extends RunningService {

  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

  @Test
  void theApiIsForAdminsOnly() throws Exception {
    assertThat(api("admin").statusCode()).isEqualTo(200);
    assertThat(api("admin").body()).contains("count");
    assertThat(api("coordinator").statusCode()).isEqualTo(403);
    assertThat(api(null).statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({"admin, 200", "coordinator, 403"})
  void whoIsSignedInAsAdminIsSignedInToTheWebApplicationsToo(String user, int expected)
      throws Exception {
    HttpClient browser = signedIn(user);

    HttpResponse<String> cockpit = get(browser, "/camunda/app/cockpit/default/");
    HttpResponse<String> data =
        get(browser, "/camunda/api/engine/engine/default/process-definition/count");

    assertThat(cockpit.statusCode()).isEqualTo(expected);
    assertThat(data.statusCode()).isEqualTo(expected);
  }

  private HttpResponse<String> api(String user) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address("/engine-rest/process-definition/count"));
    if (user != null) {
      String basic = Base64.getEncoder().encodeToString((user + ':' + user).getBytes());
      request.header("Authorization", "Basic " + basic);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private HttpClient signedIn(String user) throws IOException, InterruptedException {
    HttpClient browser =
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    Matcher token = CSRF.matcher(get(browser, "/login").body());
    assertThat(token.find()).isTrue();
    String form =
        "username=%s&password=%s&_csrf=%s"
            .formatted(user, user, URLEncoder.encode(token.group(1), StandardCharsets.UTF_8));
    HttpRequest post =
        HttpRequest.newBuilder(address("/login"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    assertThat(browser.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    return browser;
  }

  private HttpResponse<String> get(HttpClient browser, String path)
      throws IOException, InterruptedException {
    return browser.send(HttpRequest.newBuilder(address(path)).build(), BodyHandlers.ofString());
  }

  private URI address(String path) {
    return URI.create("http://localhost:" + port() + path);
  }
}
