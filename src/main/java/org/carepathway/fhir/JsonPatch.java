package org.carepathway.fhir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;

/** Whether a JSON Patch (RFC 6902) is one. */
final class JsonPatch {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, List<String>> NEEDS =
      Map.of(
          "add", List.of("path", "value"),
          "replace", List.of("path", "value"),
          "test", List.of("path", "value"),
          "remove", List.of("path"),
          "move", List.of("path", "from"),
          "copy", List.of("path", "from"));

  /** Each may double the resource: thirty would fill the memory. */
  private static final int MOST_COPIES = 3;

  private JsonPatch() {}

  /**
   * @throws ca.uhn.fhir.rest.server.exceptions.InvalidRequestException (400) that says which
   *     operation is wrong
   */
  static void require(String body) {
    JsonNode patch = read(body);
    if (!patch.isArray() || patch.isEmpty()) {
      throw PatchBodies.wrong("A JSON Patch is an array of at least one operation.");
    }
    PatchBodies.most(PatchBodies.MOST_OPERATIONS, patch.size(), "operations");
    int copies = 0;
    for (int i = 0; i < patch.size(); i++) {
      JsonNode operation = patch.get(i);
      copies += "copy".equals(operation.path("op").asText()) ? 1 : 0;
      List<String> needed = NEEDS.get(operation.path("op").asText());
      if (needed == null) {
        throw PatchBodies.wrong(
            "[%d].op must be one of %s.".formatted(i, NEEDS.keySet().stream().sorted().toList()));
      }
      for (String name : needed) {
        JsonNode value = operation.get(name);
        if (value == null || value.isNull()) {
          throw PatchBodies.wrong("[%d].%s is missing.".formatted(i, name));
        }
        if (!name.equals("value") && !(value.isTextual() && value.asText().startsWith("/"))) {
          throw PatchBodies.wrong("[%d].%s must be a path such as /status.".formatted(i, name));
        }
      }
      if (changesId(operation)) {
        throw PatchBodies.wrong(
            "[%d] changes the id, which stays as it is. Leave it out.".formatted(i));
      }
    }
    PatchBodies.most(MOST_COPIES, copies, "operations 'copy'");
  }

  /** HAPI would answer 200 and leave the id as it is. */
  private static boolean changesId(JsonNode operation) {
    boolean moved = operation.path("op").asText().equals("move");
    return !operation.path("op").asText().equals("test")
        && (isId(operation.path("path").asText())
            || moved && isId(operation.path("from").asText()));
  }

  private static boolean isId(String pointer) {
    return pointer.equals("/id");
  }

  private static JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw PatchBodies.wrong(e.getOriginalMessage());
    }
  }
}
