package org.carepathway.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What a server says that it can do: of each type the interactions and search parameters.
 *
 * @param types by name
 */
record Capability(Map<String, Type> types) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of an EHR that has said nothing yet. */
  static final Capability UNKNOWN = new Capability(Map.of());

  /**
   * @param isConditional whether it knows If-None-Exist
   */
  record Type(Set<String> interactions, Set<String> searches, boolean isConditional) {}

  static Capability of(JsonNode statement) {
    Map<String, Type> types = new HashMap<>();
    for (JsonNode rest : statement.path("rest")) {
      if (rest.path("mode").asText("server").equals("server")) {
        rest.path("resource").forEach(one -> types.put(one.path("type").asText(), type(one)));
      }
    }
    return new Capability(types);
  }

  static Capability of(String statement) {
    try {
      return of(JSON.readTree(statement));
    } catch (IOException e) {
      throw new IllegalStateException("a capability statement that was kept cannot be read", e);
    }
  }

  private static Type type(JsonNode resource) {
    Set<String> interactions = new HashSet<>();
    resource.path("interaction").forEach(one -> interactions.add(one.path("code").asText()));
    Set<String> searches = new HashSet<>();
    resource.path("searchParam").forEach(one -> searches.add(one.path("name").asText()));
    return new Type(interactions, searches, resource.path("conditionalCreate").asBoolean());
  }

  boolean can(String type, String interaction) {
    return types.containsKey(type) && types.get(type).interactions().contains(interaction);
  }

  boolean isFoundBy(String type, String parameter) {
    return types.containsKey(type) && types.get(type).searches().contains(parameter);
  }

  boolean isConditional(String type) {
    return types.containsKey(type) && types.get(type).isConditional();
  }

  /** The same for the same abilities, whatever else the statement says, such as its date. */
  String digest() {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(types)
        .forEach(
            (name, type) ->
                text.append(name)
                    .append(type.interactions().stream().sorted().toList())
                    .append(type.searches().stream().sorted().toList())
                    .append(type.isConditional()));
    return DigestUtils.sha256Hex(text.toString());
  }
}
