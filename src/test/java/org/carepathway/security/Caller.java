package org.carepathway.security;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Somebody who calls the service over HTTP: at {@code /fhir}, or its pages once signed in. */
public final class Caller {

  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

  private final HttpClient http;
  private final int port;
  private final String user;
  private String address = "127.0.0.1";

  /**
   * @param user a demo user, whose password is the name
   */
  public Caller(int port, String user) {
    this(port, user, HttpClient.newBuilder().cookieHandler(new CookieManager()).build());
  }

  private Caller(int port, String user, HttpClient http) {
    this.http = http;
    this.port = port;
    this.user = user;
  }

  /** The same person, with the same cookies, at another replica. */
  public Caller at(int otherPort) {
    return new Caller(otherPort, user, http);
  }

  /** The same as an ingress passes them on from an address. */
  Caller from(String otherAddress) {
    address = otherAddress;
    return this;
  }

  public HttpResponse<String> fhir(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        api(path)
            .header("Content-Type", "application/fhir+json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  public HttpResponse<String> fhir(String path) throws IOException, InterruptedException {
    return fhir("GET", path, null);
  }

  /** A search whose parameters are posted as a form. */
  public HttpResponse<String> search(String path, String parameters)
      throws IOException, InterruptedException {
    return http.send(
        api(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(parameters))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpRequest.Builder api(String path) {
    String basic = Base64.getEncoder().encodeToString((user + ':' + user).getBytes());
    return HttpRequest.newBuilder(uri("/fhir/" + path)).header("Authorization", "Basic " + basic);
  }

  /** Signs in to the pages. */
  public Caller signIn() throws IOException, InterruptedException {
    post("/login", Map.of("username", user, "password", user));
    return this;
  }

  public HttpResponse<String> page(String path) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  /** What a page sends bit by bit, such as events. */
  public HttpResponse<Stream<String>> lines(String path) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofLines());
  }

  /** Posts a form, with the token against forged requests that a page of ours gives. */
  public HttpResponse<String> post(String path, Map<String, String> fields)
      throws IOException, InterruptedException {
    return post(path, fields, "*/*");
  }

  /**
   * @param accept as browsers say that they want a page
   */
  public HttpResponse<String> post(String path, Map<String, String> fields, String accept)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(uri(path))
            .header("X-Forwarded-For", address)
            .header("Accept", accept)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    "_csrf="
                        + token()
                        + fields.entrySet().stream()
                            .map(field -> '&' + field.getKey() + '=' + encoded(field.getValue()))
                            .collect(Collectors.joining())))
            .build(),
        BodyHandlers.ofString());
  }

  /** Posts a form with a file, in the field {@code attached}. */
  public HttpResponse<String> send(
      String path, Map<String, String> fields, String name, String content)
      throws IOException, InterruptedException {
    String line = "----line";
    StringBuilder body = new StringBuilder();
    Map<String, String> all = new java.util.LinkedHashMap<>(fields);
    all.put("_csrf", java.net.URLDecoder.decode(token(), StandardCharsets.UTF_8));
    all.forEach(
        (field, value) ->
            body.append("--%s\r\n".formatted(line))
                .append("Content-Disposition: form-data; name=\"%s\"\r\n".formatted(field))
                .append("\r\n%s\r\n".formatted(value)));
    body.append("--%s\r\n".formatted(line))
        .append(
            "Content-Disposition: form-data; name=\"attached\"; filename=\"%s\"\r\n"
                .formatted(name))
        .append(
            "Content-Type: application/octet-stream\r\n\r\n%s\r\n--%s--\r\n"
                .formatted(content, line));
    return http.send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "multipart/form-data; boundary=" + line)
            .POST(BodyPublishers.ofString(body.toString()))
            .build(),
        BodyHandlers.ofString());
  }

  private String token() throws IOException, InterruptedException {
    Matcher found = CSRF.matcher(page("/login").body());
    if (!found.find()) {
      throw new IllegalStateException("the page has no form");
    }
    return encoded(found.group(1));
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + port + path);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
