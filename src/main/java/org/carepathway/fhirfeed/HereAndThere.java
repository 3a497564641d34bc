package org.carepathway.fhirfeed;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.lang3.StringUtils;
import org.hl7.fhir.r4.model.Resource;

/** Says in which elements two states of a resource are not the same. */
final class HereAndThere {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST = 120;

  /** What is of the place where it is stored, and no statement. */
  private static final Set<String> OF_THE_PLACE = Set.of("id", "meta", "text", "resourceType");

  private HereAndThere() {}

  /**
   * @param there as it would be here if it was taken over
   * @return a line for each element, such as {@code gender: "male", there "female"}; empty where
   *     they say the same
   */
  static String said(Resource here, Resource there) {
    JsonNode ours = json(here);
    JsonNode theirs = json(there);
    Set<String> elements = new TreeSet<>();
    ours.fieldNames().forEachRemaining(elements::add);
    theirs.fieldNames().forEachRemaining(elements::add);
    elements.removeAll(OF_THE_PLACE);
    return elements.stream()
        .filter(element -> !ours.path(element).equals(theirs.path(element)))
        .map(
            element ->
                "%s: %s, there %s"
                    .formatted(element, text(ours.path(element)), text(theirs.path(element))))
        .collect(Collectors.joining("\n"));
  }

  private static String text(JsonNode value) {
    return value.isMissingNode() ? "nothing" : StringUtils.abbreviate(value.toString(), LONGEST);
  }

  /**
   * The same encounter is named by its address at the EHR until it is taken over, and by our id
   * from then on: that is no difference. Whose a resource is was looked at before.
   */
  private static JsonNode withoutReferences(JsonNode node) {
    if (node instanceof ObjectNode element) {
      if (!element.path("reference").asText().startsWith("#")) {
        element.remove("reference");
      }
      if (element.path("identifier").isObject()) {
        element.remove("identifier");
      }
    }
    node.forEach(HereAndThere::withoutReferences);
    return node;
  }

  private static JsonNode json(Resource resource) {
    try {
      return withoutReferences(
          JSON.readTree(
              FhirContext.forR4Cached().newJsonParser().encodeResourceToString(resource)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
