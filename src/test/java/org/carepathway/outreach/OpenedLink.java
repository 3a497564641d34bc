package org.carepathway.outreach;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Patient;

/** A link in the browser of one phone, without a script. */
final class OpenedLink {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String address;
  private final String query;
  private String cookie = "";

  OpenedLink(int port, String token, String language) {
    this.address = "http://localhost:%d/link/%s".formatted(port, token);
    this.query = "?language=" + language;
  }

  /** Tells the date of birth. */
  HttpResponse<String> born(Patient known) throws IOException, InterruptedException {
    String[] date = known.getBirthDateElement().asStringValue().split("-");
    HttpResponse<String> told =
        post("/birth", Map.of("day", date[2], "month", date[1], "year", date[0]));
    told.headers()
        .firstValue("Set-Cookie")
        .ifPresent(set -> cookie = set.substring(0, set.indexOf(';')));
    return told;
  }

  HttpResponse<String> open() throws IOException, InterruptedException {
    return send("GET", "", "");
  }

  HttpResponse<String> answer(Map<String, String> answers)
      throws IOException, InterruptedException {
    return post("", answers);
  }

  HttpResponse<String> draft(Map<String, String> entered) throws IOException, InterruptedException {
    return post("/draft", entered);
  }

  private HttpResponse<String> post(String path, Map<String, String> fields)
      throws IOException, InterruptedException {
    return send(
        "POST",
        path,
        fields.entrySet().stream()
            .map(f -> f.getKey() + '=' + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&")));
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(address + path + query))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Cookie", cookie)
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  /** Of the 2-week contact, as the page posts them: no sign of anything. */
  static Map<String, String> well() {
    Map<String, String> answers = new LinkedHashMap<>();
    answers.put("answered-by", "answered-patient");
    answers.put("since-last", "since-nothing");
    for (String sign : List.of("weakness", "numbness", "saddle", "bladder-bowel")) {
      answers.put("red-flag-" + sign, "false");
    }
    answers.put("any-sign", "false");
    answers.put("pain-rest", "2");
    answers.put("pain-activity", "3");
    answers.put("global-change", "global-change-2");
    answers.put("analgesic-use", "analgesic-use-less");
    answers.put("walking", "walking-free");
    answers.put("falls", "0");
    answers.put("confirm-warnings", "true");
    return answers;
  }

  static Map<String, String> well(String question, String answer) {
    Map<String, String> answers = well();
    answers.put(question, answer);
    return answers;
  }
}
