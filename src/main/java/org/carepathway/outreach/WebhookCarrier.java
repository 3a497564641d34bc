package org.carepathway.outreach;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.carepathway.outreach.Handover.Later;
import org.carepathway.outreach.Handover.Refused;
import org.carepathway.outreach.Handover.Taken;

/**
 * Hands messages to a gateway by HTTP: a signed POST of JSON, with the message's id as {@code
 * Idempotency-Key}, so that a gateway takes it once however often it is sent.
 */
final class WebhookCarrier implements Carrier {

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration ANSWER = Duration.ofSeconds(6);
  private static final int LONGEST = 4000;

  private final Channel channel;
  private final OutreachSettings.Gateway gateway;
  private final ObjectMapper json;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * @param gateway null where the site has none
   */
  WebhookCarrier(Channel channel, OutreachSettings.Gateway gateway, ObjectMapper json) {
    this.channel = channel;
    this.gateway = gateway;
    this.json = json;
  }

  @Override
  public Channel channel() {
    return channel;
  }

  @Override
  public boolean isSetUp() {
    return gateway != null;
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public Handover handOver(Outgoing message) {
    try {
      HttpResponse<byte[]> answer = client.send(request(message), BodyHandlers.ofByteArray());
      int status = answer.statusCode();
      String said = "The gateway answered %d.".formatted(status);
      if (status / 100 == 2) {
        return new Taken(gatewayId(answer.body(), message));
      }
      // Too many requests and time-outs pass; what else is the caller's fault does not.
      return status / 100 == 4 && status != 429 && status != 408
          ? new Refused(said)
          : new Later(said);
    } catch (IOException fault) {
      return new Later("The gateway was not reached: " + fault.getClass().getSimpleName());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Later("The service stopped.");
    }
  }

  private HttpRequest request(Outgoing message) throws IOException {
    byte[] body =
        json.writeValueAsBytes(
            Map.of(
                "id", message.id().toString(),
                "to", message.address(),
                "language", message.language(),
                "text", message.text()));
    String time = String.valueOf(Instant.now().getEpochSecond());
    return HttpRequest.newBuilder(gateway.url())
        .timeout(ANSWER)
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", message.id().toString())
        .header("X-Timestamp", time)
        .header("X-Signature", Signature.of(gateway.secret(), time, body))
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }

  /** A gateway that names none goes by ours. */
  private String gatewayId(byte[] body, Outgoing message) {
    if (body.length > LONGEST) {
      return message.id().toString();
    }
    try {
      JsonNode id = json.readTree(new String(body, StandardCharsets.UTF_8)).path("id");
      return id.isTextual() && !id.asText().isBlank() ? id.asText() : message.id().toString();
    } catch (IOException noJson) {
      return message.id().toString();
    }
  }
}
