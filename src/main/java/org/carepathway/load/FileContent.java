package org.carepathway.load;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The entries in a file: of a Bundle, or one of each line (NDJSON), or one resource. */
final class FileContent {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private static final Set<String> BUNDLES =
      Set.of("transaction", "batch", "collection", "searchset", "document");

  private FileContent() {}

  /**
   * Entries by their place; a line or entry that is none leaves a missing node there.
   *
   * @param refused null where it was told already
   */
  static List<JsonNode> of(Path file, Refused refused) throws IOException {
    String text = text(file, refused);
    if (text.isBlank()) {
      return List.of();
    }
    if (isLines(file, text)) {
      return lines(file, text, refused);
    }
    try {
      return entries(file, JSON.readTree(text), refused);
    } catch (JsonProcessingException e) {
      tell(refused, file, 0, unreadable(e) + " Nothing of this file was sent.");
      return List.of();
    }
  }

  private static String text(Path file, Refused refused) throws IOException {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
              .toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      tell(refused, file, 0, "The file is not in UTF-8: a name would be changed. Convert it.");
      return "";
    }
  }

  private static boolean isLines(Path file, String text) {
    if (file.toString().matches(".*\\.(ndjson|jsonl)")) {
      return true;
    }
    String first = text.strip().lines().findFirst().orElse("");
    return first.endsWith("}")
        && text.strip().lines().filter(line -> !line.isBlank()).count() > 1
        && first.startsWith("{\"");
  }

  private static List<JsonNode> lines(Path file, String text, Refused refused) {
    List<JsonNode> entries = new ArrayList<>();
    for (String line : text.lines().toList()) {
      try {
        entries.add(line.isBlank() ? MissingNode.getInstance() : alone(JSON.readTree(line)));
      } catch (JsonProcessingException e) {
        tell(refused, file, entries.size() + 1, unreadable(e));
        entries.add(MissingNode.getInstance());
      }
    }
    return entries;
  }

  private static JsonNode alone(JsonNode resource) {
    return JSON.createObjectNode().set("resource", resource);
  }

  private static List<JsonNode> entries(Path file, JsonNode content, Refused refused) {
    if (!content.path("resourceType").asText().equals("Bundle")) {
      return List.of(alone(content));
    }
    String type = content.path("type").asText();
    if (!BUNDLES.contains(type)) {
      tell(
          refused,
          file,
          0,
          "A Bundle of the type '%s' is not loaded, only of %s.".formatted(type, BUNDLES));
      return List.of();
    }
    List<JsonNode> entries = new ArrayList<>();
    content
        .path("entry")
        .forEach(
            entry ->
                entries.add(
                    entry.path("search").path("mode").asText().equals("outcome")
                        ? MissingNode.getInstance()
                        : entry));
    return entries;
  }

  private static String unreadable(JsonProcessingException e) {
    return "This is no JSON (line %d, column %d): %s."
        .formatted(
            e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
            e.getLocation() == null ? 0 : e.getLocation().getColumnNr(),
            e.getOriginalMessage());
  }

  private static void tell(Refused refused, Path file, int place, String reason) {
    if (refused != null) {
      refused.add(file, place, "", reason);
    }
  }
}
