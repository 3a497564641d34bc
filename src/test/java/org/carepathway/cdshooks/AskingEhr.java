package org.carepathway.cdshooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.carepathway.demo.ehr.RunningEhr;

/** The demo's EHR as it asks for cards. */
public final class AskingEhr {

  static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final RunningEhr ehr;
  private final int port;

  public AskingEhr(RunningEhr ehr, int port) {
    this.ehr = ehr;
    this.port = port;
  }

  public URI service(String path) {
    return URI.create("http://localhost:" + port + "/cds-services/" + path);
  }

  /** A call without anything sent along. */
  public ObjectNode call(String hook, String patient) {
    ObjectNode call = JSON.createObjectNode();
    call.put("hook", hook).put("hookInstance", UUID.randomUUID().toString());
    call.putObject("context").put("userId", "Practitioner/p-1").put("patientId", patient);
    return call;
  }

  /** Lends a token, so that what is not sent along can be read. */
  public ObjectNode lending(ObjectNode call) {
    call.put("fhirServer", ehr.base());
    call.putObject("fhirAuthorization")
        .put("access_token", ehr.lend())
        .put("token_type", "Bearer")
        .put("expires_in", 300)
        .put("scope", "patient/*.rs")
        .put("subject", "care-pathway");
    return call;
  }

  public HttpResponse<String> post(String path, JsonNode body) throws Exception {
    return post(path, body, ehr.token(service(path)));
  }

  HttpResponse<String> post(String path, JsonNode body, String token) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> send(HttpRequest request) throws Exception {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
