package org.carepathway.outreach;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a gateway answers that has taken a message. Many answer 200 to what they do not take, and
 * say so in the body.
 *
 * @param id by which it knows the message; empty where it goes by ours
 */
record GatewayAnswer(Optional<String> id, boolean isRefusal) {

  private static final int LONGEST = 4000;
  private static final int LONGEST_ID = 200;
  private static final Set<String> REFUSALS =
      Set.of("failed", "failure", "error", "rejected", "refused", "undelivered", "undeliverable");

  static GatewayAnswer of(byte[] body, ObjectMapper json) {
    try {
      return body.length > LONGEST
          ? new GatewayAnswer(Optional.empty(), false)
          : of(json.readTree(new String(body, StandardCharsets.UTF_8)));
    } catch (IOException noJson) {
      return new GatewayAnswer(Optional.empty(), false);
    }
  }

  private static GatewayAnswer of(JsonNode answer) {
    JsonNode named = answer.path("id");
    boolean refusal =
        Stream.of("error", "errors").anyMatch(key -> saysSomething(answer.path(key)))
            || Stream.of("success", "ok").anyMatch(key -> isFalse(answer.path(key)))
            || REFUSALS.contains(answer.path("status").asText().toLowerCase(Locale.ROOT));
    return new GatewayAnswer(
        Optional.of(named)
            .filter(JsonNode::isTextual)
            .map(JsonNode::asText)
            .filter(GatewayAnswer::isId),
        refusal);
  }

  /** An error that is null, false, zero or empty is none. */
  private static boolean saysSomething(JsonNode error) {
    return error.isContainerNode()
        ? !error.isEmpty()
        : error.isTextual() ? !error.asText().isBlank() : error.asBoolean();
  }

  private static boolean isFalse(JsonNode success) {
    return success.isBoolean() && !success.asBoolean();
  }

  /** What can be kept, and told again. */
  static boolean isId(String id) {
    return !id.isBlank()
        && id.length() <= LONGEST_ID
        && id.chars().noneMatch(Character::isISOControl);
  }
}
