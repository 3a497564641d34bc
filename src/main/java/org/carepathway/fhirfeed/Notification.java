package org.carepathway.fhirfeed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an EHR tells of a subscription: a Bundle whose first entry is Parameters.
 *
 * @param subscription reference to it
 * @param status of the subscription at the EHR
 * @param type handshake, heartbeat, event-notification, query-status or query-event
 * @param since how many events there were since the subscription began; null where it is not said
 * @param events those that this tells of
 * @param resources that came with it
 * @see <a href="https://hl7.org/fhir/uv/subscriptions-backport/STU1.1/">Subscriptions R5 Backport
 *     1.1</a>
 */
record Notification(
    String subscription,
    String status,
    String type,
    Long since,
    List<Event> events,
    List<JsonNode> resources) {

  /**
   * @param number in the subscription, from 1; null where it is not said
   * @param focus reference to what has changed; empty where nothing is said of it
   */
  record Event(Long number, String focus) {}

  /** Empty where it is no notification. */
  static Optional<Notification> of(JsonNode bundle) {
    JsonNode status = bundle.at("/entry/0/resource");
    if (!bundle.path("resourceType").asText().equals("Bundle")
        || !status.path("resourceType").asText().equals("Parameters")) {
      return Optional.empty();
    }
    List<Event> events = new ArrayList<>();
    for (JsonNode parameter : status.path("parameter")) {
      if (isNamed(parameter, "notification-event")) {
        JsonNode parts = parameter.path("part");
        events.add(new Event(number(value(parts, "event-number")), value(parts, "focus")));
      }
    }
    List<JsonNode> resources = new ArrayList<>();
    for (JsonNode entry : bundle.path("entry")) {
      if (entry.has("resource") && entry.path("resource") != status) {
        resources.add(entry.path("resource"));
      }
    }
    JsonNode parameters = status.path("parameter");
    return Optional.of(
        new Notification(
            value(parameters, "subscription"),
            value(parameters, "status"),
            value(parameters, "type"),
            number(value(parameters, "events-since-subscription-start")),
            events,
            resources));
  }

  /** The number of the last event that it speaks of; null where it says none. */
  Long last() {
    return events.stream()
        .map(Event::number)
        .filter(number -> number != null)
        .reduce(Long::max)
        .map(number -> since == null ? number : Math.max(number, since))
        .orElse(since);
  }

  private static String value(JsonNode parameters, String name) {
    for (JsonNode parameter : parameters) {
      if (isNamed(parameter, name)) {
        for (Iterator<Map.Entry<String, JsonNode>> all = parameter.fields(); all.hasNext(); ) {
          Map.Entry<String, JsonNode> field = all.next();
          if (field.getKey().startsWith("value")) {
            return field.getValue().isObject()
                ? field.getValue().path("reference").asText()
                : field.getValue().asText();
          }
        }
      }
    }
    return "";
  }

  /** Names are written with hyphens; drafts of the guide wrote them as elements are. */
  private static boolean isNamed(JsonNode parameter, String name) {
    return parameter.path("name").asText().replace("-", "").equalsIgnoreCase(name.replace("-", ""));
  }

  private static Long number(String text) {
    return text.matches("\\d{1,18}") ? Long.valueOf(text) : null;
  }
}
