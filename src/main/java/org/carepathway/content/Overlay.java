package org.carepathway.content;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Lays what an heir writes over what it inherits. A field that the heir has replaces the inherited
 * one. Items, actions and templates are found by their ids: one that is there is changed in the
 * same way, a new one comes after the one that stands before it in the heir's list. Extensions
 * replace all inherited ones of the same url.
 */
final class Overlay {

  /** List to the field that names its elements. */
  private static final Map<String, String> IDS =
      Map.of("item", "linkId", "action", "id", "contained", "id");

  /** List to a field that every new element has; without it, the heir changes what is not there. */
  private static final Map<String, String> NEW =
      Map.of("item", "type", "action", "definitionCanonical", "contained", "resourceType");

  private Overlay() {}

  /**
   * @param inherited is changed
   * @throws IllegalArgumentException naming the element when the heir changes one that is not there
   */
  static void lay(ObjectNode own, ObjectNode inherited) {
    own.properties()
        .forEach(
            field -> {
              String name = field.getKey();
              if (IDS.containsKey(name) && inherited.has(name)) {
                elements(name, (ArrayNode) field.getValue(), (ArrayNode) inherited.get(name));
              } else if (name.equals("extension") && inherited.has(name)) {
                inherited.set(name, extensions(field.getValue(), inherited.get(name)));
              } else {
                inherited.set(name, field.getValue());
              }
            });
  }

  private static void elements(String list, ArrayNode own, ArrayNode inherited) {
    int last = -1;
    for (JsonNode element : own) {
      String id = element.path(IDS.get(list)).asText();
      int at = position(list, id, inherited);
      if (at < 0 && !element.has(NEW.get(list))) {
        throw new IllegalArgumentException(
            "changes %s '%s', which is not inherited here".formatted(list, id));
      }
      if (at < 0) {
        inherited.insert(last + 1, element);
        last++;
      } else if (list.equals("contained")) {
        inherited.set(at, element);
        last = at;
      } else {
        lay((ObjectNode) element, (ObjectNode) inherited.get(at));
        last = at;
      }
    }
  }

  private static int position(String list, String id, ArrayNode inherited) {
    for (int i = 0; i < inherited.size(); i++) {
      if (inherited.get(i).path(IDS.get(list)).asText().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  private static ArrayNode extensions(JsonNode own, JsonNode inherited) {
    Set<String> replaced =
        StreamSupport.stream(own.spliterator(), false)
            .map(Overlay::url)
            .collect(Collectors.toSet());
    ArrayNode all = ((ArrayNode) inherited).arrayNode();
    inherited.forEach(
        extension -> {
          if (!replaced.contains(url(extension))) {
            all.add(extension);
          }
        });
    own.forEach(all::add);
    return all;
  }

  private static String url(JsonNode extension) {
    return extension.path("url").asText();
  }
}
