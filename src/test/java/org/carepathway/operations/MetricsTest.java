package org.carepathway.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.inbox.Inbox;
import org.carepathway.inbox.Received;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** A system that watches services reads how the feeds go; nobody else does, and it names nobody. */
class MetricsTest extends RunningService {

  @Autowired private Inbox inbox;
  @Autowired private JdbcTemplate jdbc;

  private HttpResponse<String> figures(String user) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            URI.create("http://localhost:%d/actuator/prometheus".formatted(port())));
    if (user != null) {
      byte[] basic = (user + ':' + user).getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(basic));
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void theFeedsAreCounted() {
    String source = "metrics-" + UUID.randomUUID();
    inbox.keepRefused(
        new Received(source, "1", "none", "TEST", "urn:x|Secret", null, null, new byte[] {1}),
        "no");
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(figures("ehr").body())
                      .contains(
                          "carepathway_inbox_messages{feed=\"%s\",state=\"dead\"} 1.0"
                              .formatted(source))
                      .contains(
                          "carepathway_inbox_faults{fault=\"unreadable\",feed=\"%s\"} 1.0"
                              .formatted(source))
                      .contains(
                          "carepathway_inbox_received_total{feed=\"%s\",receipt=\"refused\"} 1.0"
                              .formatted(source))
                      .contains("carepathway_outbox_entries{site=\"demo-ehr\",state=\"dead\"}")
                      .contains("carepathway_outbox_oldest_seconds{site=\"demo-ehr\"}")
                      .contains("carepathway_inbox_paused{feed=\"%s\"} 0.0".formatted(source))
                      .contains("carepathway_inbox_oldest_seconds{feed=\"%s\"}".formatted(source))
                      .doesNotContain("Secret"));
    } finally {
      jdbc.update("delete from inbox_message where source = ?", source);
    }
  }

  @Test
  void onlyWhoSeesToTheServiceReadsThem() throws Exception {
    assertThat(figures(null).statusCode()).isEqualTo(401);
    for (String user : new String[] {"coordinator", "physician", "auditor"}) {
      assertThat(figures(user).statusCode()).as(user).isEqualTo(403);
    }
    for (String user : new String[] {"ehr", "admin"}) {
      assertThat(figures(user).statusCode()).as(user).isEqualTo(200);
    }
  }
}
