package org.carepathway.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes something else of JSON: a tree that is nearly right, or a text that is nearly JSON. */
record Mutation(Random random) {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectMapper JSON = new ObjectMapper();

  static final List<String> ODD_TEXTS =
      List.of(
          "",
          " ",
          "null",
          "true",
          "-1",
          "1e400",
          "\u0000",
          "\ud800",
          "\u202e\u200b",
          "x".repeat(300),
          "x".repeat(70_000),
          "9999-99-99",
          "0000-00-00T00:00:00Z",
          "2026-02-30",
          "2026-11-02T25:61:61+99:99",
          "+999999999-01-01",
          "urn:uuid:",
          "urn:oid:1.2",
          "Patient/",
          "Patient/none",
          "/Patient",
          "#",
          "#x",
          "Patient?identifier=x",
          "Patient?_id=none&name=x",
          "http://localhost/fhir/Patient/none",
          "http://[::1",
          "https://example.org/|",
          "|",
          "a|b|c",
          "$,\\|",
          "${jndi:ldap://127.0.0.1:1/x}",
          "%{1+1}",
          "'; drop table hfj_resource; --",
          "<div xmlns=\"http://www.w3.org/1999/xhtml\"><script>1</script></div>",
          "../../etc/passwd",
          "(".repeat(500),
          "%record.where(true)",
          "QQ==",
          "en-",
          "ä".repeat(64));

  private static final List<BigDecimal> ODD_NUMBERS =
      List.of(
          new BigDecimal("0"),
          new BigDecimal("-1"),
          new BigDecimal("1e30"),
          new BigDecimal("1e31"),
          new BigDecimal("1e400"),
          new BigDecimal("1e-400"),
          new BigDecimal("2147483648"),
          new BigDecimal("-9223372036854775809"),
          new BigDecimal("0." + "1".repeat(60)),
          new BigDecimal("1".repeat(60)));

  /** A copy with one to four changes. */
  JsonNode of(JsonNode seed) {
    JsonNode copy = seed.deepCopy();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      List<ContainerNode<?>> places = new ArrayList<>();
      collect(copy, places);
      if (!places.isEmpty()) {
        change(places.get(random.nextInt(places.size())));
      }
    }
    return copy;
  }

  /** As text, at times with a few bytes that are others. */
  byte[] text(JsonNode node) {
    return text(node.toString());
  }

  byte[] text(String whole) {
    byte[] text = whole.getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(6) > 0 || text.length < 2) {
      return text;
    }
    switch (random.nextInt(3)) {
      case 0 -> text[random.nextInt(text.length)] = (byte) random.nextInt(256);
      case 1 -> {
        return java.util.Arrays.copyOf(text, 1 + random.nextInt(text.length - 1));
      }
      default -> {
        int from = random.nextInt(text.length);
        int to = random.nextInt(text.length);
        byte kept = text[from];
        text[from] = text[to];
        text[to] = kept;
      }
    }
    return text;
  }

  JsonNode odd() {
    return switch (random.nextInt(8)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.arrayNode();
      case 3 -> NODES.objectNode();
      case 4 -> NODES.numberNode(ODD_NUMBERS.get(random.nextInt(ODD_NUMBERS.size())));
      case 5 -> deep(random.nextInt(400));
      default -> new TextNode(oddText());
    };
  }

  String oddText() {
    return ODD_TEXTS.get(random.nextInt(ODD_TEXTS.size()));
  }

  private static void collect(JsonNode node, List<ContainerNode<?>> places) {
    if (node instanceof ContainerNode<?> container && !container.isEmpty()) {
      places.add(container);
      container.forEach(child -> collect(child, places));
    }
  }

  private void change(ContainerNode<?> place) {
    if (place instanceof ArrayNode array) {
      int index = random.nextInt(array.size());
      switch (random.nextInt(4)) {
        case 0 -> array.remove(index);
        case 1 -> array.add(array.get(index).deepCopy());
        case 2 -> array.set(index, odd());
        default -> array.add(odd());
      }
    } else if (place instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name = names.get(random.nextInt(names.size()));
      switch (random.nextInt(7)) {
        case 0 -> object.remove(name);
        case 1 -> object.set(name, NODES.arrayNode().add(object.get(name)));
        case 2 -> object.set("_" + name, odd());
        case 3 -> object.set(name + "x", object.get(name).deepCopy());
        case 4 -> object.set(name, object.get(names.get(random.nextInt(names.size()))).deepCopy());
        case 5 -> object.set("extension", extension());
        default -> object.set(name, odd());
      }
    }
  }

  private JsonNode extension() {
    try {
      return JSON.readTree("[{\"url\":\"https://example.org/x\",\"valueString\":\"x\"}]");
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static JsonNode deep(int levels) {
    JsonNode node = NODES.textNode("x");
    for (int i = 0; i < levels; i++) {
      node = i % 2 == 0 ? NODES.arrayNode().add(node) : NODES.objectNode().set("extension", node);
    }
    return node;
  }
}
