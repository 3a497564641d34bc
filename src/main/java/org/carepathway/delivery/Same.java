package org.carepathway.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Whether a resource of an EHR is what we sent, or says the same: an EHR adds to what it is given,
 * and writes times in a way of its own.
 */
final class Same {

  private static final Set<String> OUTSIDE = Set.of("identifier", "meta", "text", "id");

  /** When it was, in the types that are sent. */
  private static final List<String> TIMES =
      List.of(
          "/performedPeriod/start",
          "/performedDateTime",
          "/effectiveDateTime",
          "/effectivePeriod/start",
          "/onsetDateTime",
          "/start",
          "/authoredOn",
          "/date",
          "/sent");

  private static final List<String> KINDS = List.of("code", "type", "topic");

  private Same() {}

  /** Whether all that was sent is there, whatever else is. */
  static boolean holds(JsonNode sent, JsonNode there) {
    return StreamSupport.stream(
            ((Iterable<Map.Entry<String, JsonNode>>) sent::fields).spliterator(), false)
        .filter(field -> !OUTSIDE.contains(field.getKey()))
        .allMatch(field -> within(field.getValue(), there.path(field.getKey())));
  }

  private static boolean within(JsonNode sent, JsonNode there) {
    if (sent.isObject()) {
      return StreamSupport.stream(
              ((Iterable<Map.Entry<String, JsonNode>>) sent::fields).spliterator(), false)
          .allMatch(
              field ->
                  within(field.getValue(), there.path(field.getKey()))
                      || isKeptElsewhere(field.getKey(), there));
    }
    if (sent.isArray()) {
      return StreamSupport.stream(sent.spliterator(), false)
          .allMatch(
              one ->
                  StreamSupport.stream(there.spliterator(), false)
                      .anyMatch(other -> within(one, other)));
    }
    if (sent.isNumber()) {
      return there.isNumber() && sent.decimalValue().compareTo(there.decimalValue()) == 0;
    }
    return sent.asText().equals(there.asText()) || isSameTime(sent.asText(), there.asText());
  }

  /** Some put a file in a place of its own and say where. */
  private static boolean isKeptElsewhere(String field, JsonNode attachment) {
    return field.equals("data") && attachment.has("url");
  }

  private static boolean isSameTime(String one, String other) {
    try {
      return OffsetDateTime.parse(one).isEqual(OffsetDateTime.parse(other));
    } catch (DateTimeParseException noTimes) {
      return false;
    }
  }

  /** Of the same kind and time, for EHRs that keep no identifier of ours. */
  static boolean isAlike(JsonNode sent, JsonNode there) {
    boolean sameKind =
        KINDS.stream()
            .filter(sent::has)
            .allMatch(kind -> within(first(sent.path(kind)), there.path(kind)));
    List<String> times = TIMES.stream().filter(time -> !sent.at(time).isMissingNode()).toList();
    return sameKind
        && !times.isEmpty()
        && times.stream().allMatch(time -> within(sent.at(time), there.at(time)));
  }

  /** The first coding, or the text of what has none. */
  private static JsonNode first(JsonNode concept) {
    ObjectNode first = new ObjectMapper().createObjectNode();
    if (concept.path("coding").isEmpty()) {
      return first.put("text", concept.path("text").asText());
    }
    JsonNode coding = concept.at("/coding/0");
    first
        .withArray("coding")
        .addObject()
        .put("system", coding.path("system").asText())
        .put("code", coding.path("code").asText());
    return first;
  }

  static boolean hasNumber(JsonNode resource, String system, String value) {
    return StreamSupport.stream(resource.path("identifier").spliterator(), false)
        .anyMatch(
            one ->
                one.path("system").asText().equals(system)
                    && one.path("value").asText().equals(value));
  }
}
