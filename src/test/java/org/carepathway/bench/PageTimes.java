package org.carepathway.bench;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long whole pages take over HTTP, as a browser of somebody asks for them, one after another.
 */
record PageTimes(HttpClient client, String site) {

  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

  /** As a user whose password is the name. */
  static PageTimes signedIn(int port, String user) throws Exception {
    PageTimes pages =
        new PageTimes(
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build(),
            "http://localhost:" + port);
    Matcher token = TOKEN.matcher(pages.get("/login").body());
    if (!token.find()) {
      throw new IllegalStateException("no sign-in form");
    }
    String typed =
        "username=%s&password=%s&_csrf=%s"
            .formatted(user, user, URLEncoder.encode(token.group(1), StandardCharsets.UTF_8));
    pages.client.send(
        HttpRequest.newBuilder(URI.create(pages.site + "/login"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(typed))
            .build(),
        BodyHandlers.ofString());
    return pages;
  }

  /** Sorted milliseconds of each request after some that are not counted. */
  List<Double> millis(String path, int warmUp, int requests) throws Exception {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < warmUp + requests; i++) {
      long begin = System.nanoTime();
      HttpResponse<String> page = get(path);
      if (page.statusCode() != 200) {
        throw new IllegalStateException(path + ": " + page.statusCode());
      }
      if (i >= warmUp) {
        millis.add((System.nanoTime() - begin) / 1e6);
      }
    }
    return millis.stream().sorted().toList();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(site + path)).build(), BodyHandlers.ofString());
  }

  static void report(String name, List<Double> sorted) {
    System.out.printf(
        "%-45s p50 %6.2f ms  p95 %6.2f ms  p99 %6.2f ms%n",
        name, at(sorted, 0.50), at(sorted, 0.95), at(sorted, 0.99));
  }

  private static double at(List<Double> sorted, double share) {
    return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(sorted.size() * share)));
  }
}
