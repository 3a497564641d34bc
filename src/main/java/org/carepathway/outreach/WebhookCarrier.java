package org.carepathway.outreach;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
    CompletableFuture<HttpResponse<byte[]>> sending = null;
    try {
      sending = client.sendAsync(request(message), BodyHandlers.ofByteArray());
      // The time-out of a request ends with its headers; a body that never ends has to end, too.
      return answered(sending.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS), message);
    } catch (IOException | ExecutionException fault) {
      Throwable cause = fault instanceof ExecutionException ? fault.getCause() : fault;
      return new Later("The gateway was not reached: " + cause.getClass().getSimpleName());
    } catch (TimeoutException slow) {
      sending.cancel(true);
      return new Later("The gateway did not answer in %d s.".formatted(ANSWER.toSeconds()));
    } catch (InterruptedException stopped) {
      sending.cancel(true);
      Thread.currentThread().interrupt();
      return new Later("The service stopped.");
    }
  }

  private Handover answered(HttpResponse<byte[]> answer, Outgoing message) {
    int status = answer.statusCode();
    String said = "The gateway answered %d.".formatted(status);
    if (status / 100 == 2) {
      GatewayAnswer told = GatewayAnswer.of(answer.body(), json);
      return told.isRefusal()
          ? new Refused("The gateway answered %d, and an error.".formatted(status))
          : new Taken(told.id().orElse(message.id().toString()));
    }
    // Too many requests and time-outs pass; what else is the caller's fault does not.
    return status / 100 == 4 && status != 429 && status != 408
        ? new Refused(said)
        : new Later(said);
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
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", message.id().toString())
        .header("X-Timestamp", time)
        .header("X-Signature", Signature.of(gateway.secret(), time, body))
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }
}
