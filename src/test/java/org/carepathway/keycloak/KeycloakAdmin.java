package org.carepathway.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** What an administrator of the realm does, and tokens for programs. */
public final class KeycloakAdmin {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private KeycloakAdmin() {}

  /** A token of the realm for the system {@code ehr}. */
  public static String serviceToken(String scopes) throws IOException, InterruptedException {
    return token(
        "care-pathway",
        Map.of(
            "grant_type",
            "client_credentials",
            "client_id",
            "ehr",
            "client_secret",
            KeycloakServer.EHR_SECRET,
            "scope",
            scopes));
  }

  /** A token of the account that copies staff. */
  public static String staffToken() throws IOException, InterruptedException {
    return token(
        "care-pathway",
        Map.of(
            "grant_type",
            "client_credentials",
            "client_id",
            "care-pathway-staff",
            "client_secret",
            KeycloakServer.STAFF_SECRET));
  }

  /** Changes attributes of a client, e.g. how long its tokens last. */
  public static void client(String clientId, Map<String, String> attributes)
      throws IOException, InterruptedException {
    ObjectNode client = (ObjectNode) get("/clients?clientId=" + clientId).get(0);
    attributes.forEach(((ObjectNode) client.get("attributes"))::put);
    put("/clients/" + client.get("id").asText(), client);
  }

  public static void enable(String user, boolean enabled) throws IOException, InterruptedException {
    ObjectNode found = (ObjectNode) get("/users?exact=true&username=" + user).get(0);
    found.put("enabled", enabled);
    put("/users/" + found.get("id").asText(), found);
  }

  /** Sets an attribute of a user; an empty value takes it away. */
  static void attribute(String user, String name, String value)
      throws IOException, InterruptedException {
    ObjectNode found = (ObjectNode) get("/users?exact=true&username=" + user).get(0);
    ArrayNode values = found.withObjectProperty("attributes").putArray(name);
    if (!value.isEmpty()) {
      values.add(value);
    }
    put("/users/" + found.get("id").asText(), found);
  }

  /** Ends every session of a user at Keycloak. */
  public static void logout(String user) throws IOException, InterruptedException {
    String id = get("/users?exact=true&username=" + user).get(0).get("id").asText();
    send("POST", "/users/" + id + "/logout", "");
  }

  /** A new key with a higher priority: tokens are signed with it from now on. */
  public static void rotateKeys(int priority) throws IOException, InterruptedException {
    String realm = get("").get("id").asText();
    ObjectNode key = JSON.createObjectNode();
    key.put("name", "rsa-" + priority).put("providerId", "rsa-generated");
    key.put("providerType", "org.keycloak.keys.KeyProvider").put("parentId", realm);
    ObjectNode config = key.putObject("config");
    config.putArray("priority").add(String.valueOf(priority));
    config.putArray("enabled").add("true");
    config.putArray("active").add("true");
    config.putArray("algorithm").add("RS256");
    config.putArray("keySize").add("2048");
    send("POST", "/components", key.toString());
  }

  /** A token of Keycloak's own realm: genuine, but not for us. */
  public static String masterToken() throws IOException, InterruptedException {
    return token(
        "master",
        Map.of(
            "grant_type",
            "password",
            "client_id",
            "admin-cli",
            "username",
            KeycloakServer.ADMIN,
            "password",
            KeycloakServer.ADMIN));
  }

  private static JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(send("GET", path, null));
  }

  private static void put(String path, JsonNode body) throws IOException, InterruptedException {
    send("PUT", path, body.toString());
  }

  private static String send(String method, String path, String body)
      throws IOException, InterruptedException {
    String admin = masterToken();
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(
                    URI.create(KeycloakServer.address() + "/admin/realms/care-pathway" + path))
                .header("Authorization", "Bearer " + admin)
                .header("Content-Type", "application/json")
                .method(
                    method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(
          method + ' ' + path + ": " + answer.statusCode() + answer.body());
    }
    return answer.body();
  }

  private static String token(String realm, Map<String, String> form)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(
                    URI.create(
                        KeycloakServer.address()
                            + "/realms/"
                            + realm
                            + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    BodyPublishers.ofString(
                        form.entrySet().stream()
                            .filter(field -> !field.getValue().isEmpty())
                            .map(
                                field ->
                                    field.getKey()
                                        + '='
                                        + URLEncoder.encode(
                                            field.getValue(), StandardCharsets.UTF_8))
                            .collect(Collectors.joining("&"))))
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(answer.body());
    }
    return JSON.readTree(answer.body()).get("access_token").asText();
  }
}
