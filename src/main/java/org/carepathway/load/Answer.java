package org.carepathway.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the service said.
 *
 * @param status of HTTP
 * @param body a resource; missing where there was none
 */
record Answer(int status, JsonNode body) {

  private static final int OK = 200;
  private static final int MULTIPLE = 300;
  private static final Pattern ENTRY =
      Pattern.compile("(?:Bundle\\.|^/f:Bundle/f:|\\b)entry\\[(\\d+)]|\\bentry (\\d+) ");

  boolean isDone() {
    return status >= OK && status < MULTIPLE;
  }

  /** By the number of the entry, from 0, why it was refused; empty where none is named. */
  Map<Integer, String> refused() {
    Map<Integer, String> refused = new TreeMap<>();
    for (JsonNode issue : body.path("issue")) {
      if (issue.path("severity").asText().matches("error|fatal")) {
        Matcher entry = ENTRY.matcher(place(issue));
        if (entry.find()) {
          String number = entry.group(1) == null ? entry.group(2) : entry.group(1);
          refused.putIfAbsent(Integer.valueOf(number), status + ": " + text(issue));
        }
      }
    }
    return refused;
  }

  /** The first reason. */
  String reason() {
    for (JsonNode issue : body.path("issue")) {
      if (issue.path("severity").asText().matches("error|fatal")) {
        return status + ": " + text(issue);
      }
    }
    return status + ": " + body.toString();
  }

  private static String place(JsonNode issue) {
    JsonNode places = issue.has("expression") ? issue.path("expression") : issue.path("location");
    return places.isEmpty() ? issue.path("diagnostics").asText() : places.get(0).asText();
  }

  private static String text(JsonNode issue) {
    String text =
        issue.path("diagnostics").asText(issue.path("details").path("text").asText("no reason"));
    String place = place(issue).replaceFirst(".*entry\\[\\d+]\\.resource(/\\*\\S*\\*/)?\\.?", "");
    return place.isBlank() || text.contains(place) || place.contains(text)
        ? text
        : place + ": " + text;
  }
}
