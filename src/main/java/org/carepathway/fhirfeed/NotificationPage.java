package org.carepathway.fhirfeed;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.carepathway.ehr.EhrServer;
import org.carepathway.ehr.EhrServers;
import org.carepathway.ehr.EhrSettings;
import org.carepathway.fhir.Refusal;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where EHRs send what they tell. Who sends is known by the secret of the feed; it is answered once
 * all of it is kept.
 */
@RestController
class NotificationPage {

  private static final String BEARER = "Bearer ";

  private final EhrServers servers;
  private final Notifications notifications;

  NotificationPage(EhrServers servers, Notifications notifications) {
    this.servers = servers;
    this.notifications = notifications;
  }

  @PostMapping("/notifications/{feed}")
  ResponseEntity<String> told(@PathVariable String feed, HttpServletRequest request)
      throws IOException {
    EhrSettings.Feed settings = servers.settings(feed);
    if (settings == null
        || settings.notifications() == null
        || !isSecret(settings.notifications().secret(), request.getHeader("Authorization"))) {
      return refused(
          HttpStatus.UNAUTHORIZED,
          IssueType.LOGIN,
          "Send the secret of this feed as the header Authorization: Bearer SECRET.");
    }
    int most = Math.toIntExact(settings.largest().toBytes());
    byte[] body = request.getInputStream().readNBytes(most + 1);
    if (body.length > most) {
      return refused(
          HttpStatus.PAYLOAD_TOO_LARGE, IssueType.TOOLONG, "At most %d bytes.".formatted(most));
    }
    Optional<Notification> told = notification(body);
    if (told.isEmpty()) {
      return refused(
          HttpStatus.BAD_REQUEST,
          IssueType.STRUCTURE,
          "This is no notification: send a Bundle in JSON whose first entry is Parameters (Subscriptions R5 Backport for R4).");
    }
    return notifications.take(feed, told.get())
        ? ResponseEntity.ok().build()
        : refused(
            HttpStatus.NOT_FOUND,
            IssueType.NOTFOUND,
            "This subscription is not in carepathway.fhir.feeds.%s.notifications.subscriptions."
                .formatted(feed));
  }

  private static boolean isSecret(String secret, String sent) {
    return sent != null
        && sent.startsWith(BEARER)
        && MessageDigest.isEqual(
            secret.getBytes(StandardCharsets.UTF_8),
            sent.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<Notification> notification(byte[] body) {
    try {
      JsonNode bundle = EhrServer.json(body);
      return bundle == null ? Optional.empty() : Notification.of(bundle);
    } catch (IOException noJson) {
      return Optional.empty();
    }
  }

  private static ResponseEntity<String> refused(HttpStatus status, IssueType type, String text) {
    return ResponseEntity.status(status)
        .contentType(MediaType.valueOf("application/fhir+json"))
        .body(
            FhirContext.forR4Cached()
                .newJsonParser()
                .encodeResourceToString(Refusal.outcome(type, null, text)));
  }
}
