package org.carepathway.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;

/** The service that is loaded, as it is reached over HTTP. */
final class ServiceDoor {

  private static final String JSON = "application/fhir+json";
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Set<Integer> LATER = Set.of(429, 502, 503, 504);
  private static final int UNAUTHORIZED = 401;
  private static final int TRIES = 4;

  /** To send it again as it is would take as long. */
  private static final String TOO_MUCH = "\"too-costly\"";

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();
  private final LoadOptions options;

  ServiceDoor(LoadOptions options) {
    this.options = options;
  }

  static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ':' + password).getBytes(StandardCharsets.UTF_8));
  }

  String service() {
    return options.service();
  }

  /** Sends a transaction, again where it could not be taken at the moment. */
  Answer send(JsonNode bundle) {
    return answer(
        request("")
            .header("Content-Type", JSON)
            .header("Prefer", "return=minimal")
            .POST(BodyPublishers.ofString(bundle.toString())));
  }

  /**
   * @param name {@code Type/id}
   */
  Answer read(String name) {
    return answer(request('/' + name).GET());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(options.service() + path))
        .timeout(LONGEST)
        .header("Accept", JSON)
        .header("Authorization", options.authorization());
  }

  private Answer answer(HttpRequest.Builder request) {
    String fault = "";
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      try {
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() == UNAUTHORIZED) {
          throw new LoadStopped(
              "The service does not know who sends this (401). Give the right name and password or token, and run this again.");
        }
        if (!LATER.contains(response.statusCode()) || response.body().contains(TOO_MUCH)) {
          return new Answer(response.statusCode(), body(response.body()));
        }
        fault = "it answers " + response.statusCode();
        pause(response.headers().firstValue("Retry-After").orElse(""), attempt);
      } catch (IOException e) {
        fault = String.valueOf(e);
        pause("", attempt);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LoadStopped("It was stopped. Run this again to go on.");
      }
    }
    throw new LoadStopped(
        "%s cannot be reached: %s. Run this again to go on where it stopped."
            .formatted(options.service(), fault));
  }

  private static void pause(String seconds, int attempt) {
    try {
      Thread.sleep(
          seconds.matches("\\d{1,3}")
              ? Duration.ofSeconds(Long.parseLong(seconds)).toMillis()
              : Duration.ofSeconds(attempt).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LoadStopped("It was stopped. Run this again to go on.");
    }
  }

  private JsonNode body(String text) {
    try {
      return text.isBlank() ? MissingNode.getInstance() : json.readTree(text);
    } catch (JsonProcessingException noResource) {
      return MissingNode.getInstance();
    }
  }
}
