package org.carepathway.subscription;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/**
 * Posts notifications. Redirections are not followed, as only the endpoint was allowed; what it
 * answers besides its status is not read.
 */
@Component
class Endpoint {

  private static final int GONE = 410;

  private final HttpClient http;

  Endpoint(SubscriberSettings settings) {
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(settings.connect())
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  /** What it answered, within the time of the channel. */
  Answer post(Channel channel, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(channel.endpoint())
            .timeout(channel.timeout())
            .header("Content-Type", channel.payload())
            .POST(HttpRequest.BodyPublishers.ofString(body));
    channel.headers().forEach(header -> request.header(header.getKey(), header.getValue()));
    CompletableFuture<HttpResponse<Void>> sent =
        http.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding());
    try {
      int status = sent.get(channel.timeout().toMillis(), TimeUnit.MILLISECONDS).statusCode();
      return new Answer(status / 100 == 2, status == GONE, "Answered with " + status);
    } catch (TimeoutException late) {
      sent.cancel(true);
      return failed("There was no answer within " + channel.timeout().toSeconds() + " s");
    } catch (InterruptedException stopped) {
      sent.cancel(true);
      Thread.currentThread().interrupt();
      return failed("Given up as the service stops");
    } catch (ExecutionException fault) {
      return failed(
          fault.getCause() instanceof IOException unreachable
              ? "There is no connection (%s)".formatted(unreachable.getClass().getSimpleName())
              : fault.getCause().getClass().getSimpleName());
    }
  }

  private static Answer failed(String said) {
    return new Answer(false, false, said);
  }

  /**
   * @param taken whether it has the notification
   * @param gone whether it will never take one again
   */
  record Answer(boolean taken, boolean gone, String said) {}
}
