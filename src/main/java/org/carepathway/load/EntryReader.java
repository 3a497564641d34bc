package org.carepathway.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Reads what there is to know of a resource before it is sent. */
final class EntryReader {

  private static final String IDENTIFIER_TYPES = "http://terminology.hl7.org/CodeSystem/v2-0203";
  private static final int HASH = 16;

  private EntryReader() {}

  /**
   * @param entry of a Bundle; of a resource by itself an entry made of it
   */
  static Entry read(int file, int place, JsonNode entry) {
    JsonNode resource = entry.path("resource");
    JsonNode request = entry.path("request");
    byte[] content = resource.toString().getBytes(StandardCharsets.UTF_8);
    Set<String> references = new LinkedHashSet<>();
    rewrite(
        resource,
        reference -> {
          references.add(reference);
          return reference;
        });
    return new Entry(
        file,
        place,
        resource.path("resourceType").asText(""),
        resource.path("id").asText(null),
        entry.path("fullUrl").asText(null),
        request.isMissingNode()
            ? null
            : request.path("method").asText() + ' ' + request.path("url").asText(),
        request.path("ifNoneExist").asText(null),
        numbers(resource, false),
        resource.path("resourceType").asText().equals("Patient")
            ? numbers(resource, true).stream().findFirst().orElse(null)
            : null,
        List.copyOf(references),
        hash(content),
        content.length);
  }

  /** Replaces every reference in a resource. */
  static void rewrite(JsonNode node, UnaryOperator<String> change) {
    if (node instanceof ObjectNode object) {
      JsonNode reference = object.get("reference");
      if (reference != null && reference.isTextual()) {
        object.put("reference", change.apply(reference.asText()));
      }
    }
    node.forEach(child -> rewrite(child, change));
  }

  private static List<String> numbers(JsonNode resource, boolean recordNumbers) {
    List<String> numbers = new ArrayList<>();
    for (JsonNode identifier : resource.path("identifier")) {
      if (identifier.hasNonNull("value")
          && identifier.hasNonNull("system")
          && (!recordNumbers || isRecordNumber(identifier))) {
        numbers.add(identifier.get("system").asText() + '|' + identifier.get("value").asText());
      }
    }
    return numbers;
  }

  private static boolean isRecordNumber(JsonNode identifier) {
    for (JsonNode coding : identifier.path("type").path("coding")) {
      if (coding.path("code").asText().equals("MR")
          && coding.path("system").asText().equals(IDENTIFIER_TYPES)) {
        return true;
      }
    }
    return false;
  }

  private static String hash(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest).substring(0, HASH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
