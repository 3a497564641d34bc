package org.carepathway.endtoend;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;

/** Requests at {@code /fhir} as they are written on the wire. */
final class Door {

  static final String JSON = "application/fhir+json";
  static final String XML = "application/fhir+xml";
  static final String JSON_PATCH = "application/json-patch+json";

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;
  private final String user;

  /**
   * @param user a demo user, whose password is the name
   */
  Door(int port, String user) {
    this.port = port;
    this.user = user;
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send("GET", path, null, BodyPublishers.noBody(), headers);
  }

  HttpResponse<String> send(String method, String path, String type, String body, String... headers)
      throws IOException, InterruptedException {
    return send(method, path, type, BodyPublishers.ofString(body), headers);
  }

  HttpResponse<String> send(String method, String path, Resource resource, String... headers)
      throws IOException, InterruptedException {
    return send(method, path, JSON, json(resource), headers);
  }

  HttpResponse<String> send(
      String method, String path, String type, BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/fhir/" + path))
            .method(method, body);
    if (user != null) {
      request.header(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString((user + ':' + user).getBytes()));
    }
    if (type != null) {
      request.header("Content-Type", type);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  static String json(Resource resource) {
    return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(resource);
  }

  static <T extends Resource> T parse(Class<T> type, String body) {
    return FhirContext.forR4Cached().newJsonParser().parseResource(type, body);
  }

  static OperationOutcome outcome(HttpResponse<String> answer) {
    return parse(OperationOutcome.class, answer.body());
  }
}
