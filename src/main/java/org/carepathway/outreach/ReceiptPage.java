package org.carepathway.outreach;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where a gateway tells what became of a message, signed with its secret. A message of its own
 * channel only, and one that failed stays failed.
 */
@RestController
class ReceiptPage {

  private static final int LARGEST = 10_000;
  private static final Duration OLDEST = Duration.ofMinutes(5);
  private static final int LONGEST_REASON = 200;

  private final OutreachSettings settings;
  private final MessageRows rows;
  private final Outcomes outcomes;
  private final ObjectMapper json;

  ReceiptPage(OutreachSettings settings, MessageRows rows, Outcomes outcomes, ObjectMapper json) {
    this.settings = settings;
    this.rows = rows;
    this.outcomes = outcomes;
    this.json = json;
  }

  @PostMapping("/receipts/{channel}")
  ResponseEntity<String> told(@PathVariable String channel, HttpServletRequest request)
      throws IOException {
    Optional<Channel> named = Channel.ofCode(channel);
    Optional<OutreachSettings.Gateway> gateway = named.flatMap(this::gateway);
    byte[] body = request.getInputStream().readNBytes(LARGEST + 1);
    if (body.length > LARGEST) {
      // It is not read to its end, so its signature cannot be checked.
      return unreadable();
    }
    if (gateway.isEmpty() || !isSigned(request, gateway.get(), body)) {
      return answer(
          HttpStatus.UNAUTHORIZED,
          "Sign time and body with the secret of the gateway: headers X-Timestamp and X-Signature.");
    }
    JsonNode receipt = read(body);
    String status = receipt == null ? "" : receipt.path("status").asText();
    if (!status.equals("delivered") && !status.equals("failed")) {
      return unreadable();
    }
    String id = receipt.path("id").asText();
    // PostgreSQL keeps no NUL, and a line break has no place in what a page shows in one line.
    String reason = receipt.path("reason").asText("").replaceAll("\\p{Cntrl}", " ").strip();
    String said = reason.substring(0, Math.min(LONGEST_REASON, reason.length()));
    boolean known =
        Optional.of(id)
            .filter(GatewayAnswer::isId)
            .flatMap(each -> rows.findByGateway(named.get(), each))
            .map(
                message ->
                    outcomes.told(
                        message.id(),
                        status.equals("delivered"),
                        said.isBlank() ? "The gateway told that it " + status + '.' : said))
            .orElse(false);
    return known
        ? ResponseEntity.noContent().build()
        : answer(HttpStatus.NOT_FOUND, "No message of this channel has this id.");
  }

  private Optional<OutreachSettings.Gateway> gateway(Channel channel) {
    return Optional.ofNullable(
        switch (channel) {
          case SMS -> settings.sms();
          case PAGER -> settings.pager();
          case MAIL, LETTER -> null;
        });
  }

  private static boolean isSigned(
      HttpServletRequest request, OutreachSettings.Gateway gateway, byte[] body) {
    String time = request.getHeader("X-Timestamp");
    return time != null
        && time.matches("\\d{1,12}")
        && Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), Instant.now())
                .abs()
                .compareTo(OLDEST)
            <= 0
        && Signature.is(request.getHeader("X-Signature"), gateway.secret(), time, body);
  }

  private static ResponseEntity<String> unreadable() {
    return answer(
        HttpStatus.BAD_REQUEST,
        "Send JSON with id, and status delivered or failed; at most %d bytes.".formatted(LARGEST));
  }

  private JsonNode read(byte[] body) {
    try {
      return json.readTree(body);
    } catch (IOException noJson) {
      return null;
    }
  }

  private static ResponseEntity<String> answer(HttpStatus status, String why) {
    return ResponseEntity.status(status).body(why);
  }
}
