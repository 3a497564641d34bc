package org.carepathway.amendment;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Resource;

/**
 * A stored resource with what a correction changes in it: an element that the earlier and the new
 * answers make alike stays as it is stored, such as the time at which it was first written.
 */
final class Merging {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final FhirContext FHIR = FhirContext.forR4Cached();

  private Merging() {}

  static boolean differ(Resource one, Resource other) {
    return !json(one).equals(json(other));
  }

  /**
   * @param before what the earlier answers make
   * @param after what the new answers make
   */
  static Resource of(Resource stored, Resource before, Resource after) {
    ObjectNode merged = json(stored);
    ObjectNode was = json(before);
    ObjectNode is = json(after);
    Set<String> names = new TreeSet<>();
    names(was, names);
    names(is, names);
    for (String name : names) {
      if (!Objects.equals(was.get(name), is.get(name))) {
        if (is.has(name)) {
          merged.set(name, is.get(name));
        } else {
          merged.remove(name);
        }
      }
    }
    return (Resource) FHIR.newJsonParser().parseResource(merged.toString());
  }

  private static void names(ObjectNode node, Set<String> names) {
    for (Iterator<Map.Entry<String, JsonNode>> all = node.fields(); all.hasNext(); ) {
      names.add(all.next().getKey());
    }
  }

  private static ObjectNode json(Resource resource) {
    try {
      return (ObjectNode) JSON.readTree(FHIR.newJsonParser().encodeResourceToString(resource));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what HAPI writes is JSON", e);
    }
  }
}
