package org.carepathway.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A SMART app that gets a token for somebody: authorization code with PKCE, sign-in and consent at
 * Keycloak's own pages.
 */
final class SmartApp {

  private static final String HOME = "http://localhost/app";
  private static final Pattern ACTION = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");
  private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");
  private static final String ENDPOINT = "/protocol/openid-connect/";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> cookies = new TreeMap<>();

  private SmartApp() {}

  /** What Keycloak's token endpoint answers. */
  static JsonNode token(String user, String scopes)
      throws IOException, InterruptedException, GeneralSecurityException {
    return new SmartApp().signIn(user, scopes);
  }

  private JsonNode signIn(String user, String scopes)
      throws IOException, InterruptedException, GeneralSecurityException {
    String verifier = UUID.randomUUID() + "-" + UUID.randomUUID();
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
    HttpResponse<String> page =
        send(
            KeycloakServer.issuer()
                + ENDPOINT
                + "auth?"
                + form(
                    Map.of(
                        "client_id", "smart-app",
                        "redirect_uri", HOME,
                        "response_type", "code",
                        "scope", scopes,
                        "state", "x",
                        "aud", "http://localhost/fhir",
                        "code_challenge_method", "S256",
                        "code_challenge",
                            Base64.getUrlEncoder().withoutPadding().encodeToString(hash))),
            null);
    page = submit(page, Map.of("username", user, "password", user + "-password"));
    if (!isHome(page)) {
      page = submit(page, Map.of("accept", "Yes"));
    }
    HttpResponse<String> answer =
        send(
            KeycloakServer.issuer() + ENDPOINT + "token",
            Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                "smart-app",
                "redirect_uri",
                HOME,
                "code",
                found(CODE, page.headers().firstValue("Location").orElseThrow()),
                "code_verifier",
                verifier));
    return new ObjectMapper().readTree(answer.body());
  }

  /** Sends the form of a page and follows where that leads, up to the app. */
  private HttpResponse<String> submit(HttpResponse<String> page, Map<String, String> fields)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send(
            page.uri().resolve(found(ACTION, page.body()).replace("&amp;", "&")).toString(),
            fields);
    while (answer.statusCode() == 302 && !isHome(answer)) {
      answer = send(answer.headers().firstValue("Location").orElseThrow(), null);
    }
    return answer;
  }

  private static boolean isHome(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").filter(to -> to.startsWith(HOME)).isPresent();
  }

  /** Cookies are kept here: those marked "Secure" are sent without TLS too. */
  private HttpResponse<String> send(String address, Map<String, String> fields)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream().map(Object::toString).collect(Collectors.joining("; ")));
    }
    if (fields != null) {
      request
          .header("Content-Type", "application/x-www-form-urlencoded")
          .POST(BodyPublishers.ofString(form(fields)));
    }
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    answer
        .headers()
        .allValues("Set-Cookie")
        .forEach(
            cookie -> {
              String[] parts = cookie.split(";", 2)[0].split("=", 2);
              cookies.put(parts[0], parts[1]);
            });
    return answer;
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(
            field ->
                field.getKey() + '=' + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException(pattern + " is not in " + text);
    }
    return matcher.group(1);
  }
}
