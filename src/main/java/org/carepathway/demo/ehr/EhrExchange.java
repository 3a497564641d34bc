package org.carepathway.demo.ehr;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request to the EHR, and its answer. */
record EhrExchange(HttpExchange exchange) {

  String path() {
    return exchange.getRequestURI().getPath();
  }

  /** The parameters of the address. */
  Map<String, String> query() {
    String query = exchange.getRequestURI().getRawQuery();
    return pairs(query == null ? "" : query);
  }

  /** The parameters of the body. */
  Map<String, String> form() throws IOException {
    return pairs(body());
  }

  String body() throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  String method() {
    return exchange.getRequestMethod();
  }

  /** Null where it was not sent. */
  String header(String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }

  /** Of the answer. */
  void header(String name, String value) {
    exchange.getResponseHeaders().set(name, value);
  }

  String bearer() {
    String sent = header("Authorization");
    return sent == null || !sent.startsWith("Bearer ") ? "" : sent.substring(7);
  }

  private static Map<String, String> pairs(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String one : text.split("&")) {
      int equals = one.indexOf('=');
      if (equals > 0) {
        values.put(decoded(one.substring(0, equals)), decoded(one.substring(equals + 1)));
      }
    }
    return values;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  void send(int status, String type, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  void redirect(URI to) throws IOException {
    exchange.getResponseHeaders().set("Location", to.toString());
    exchange.sendResponseHeaders(302, -1);
  }
}
