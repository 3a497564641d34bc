package org.carepathway.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Resource;

/** Whether a patch is one: HAPI would stumble over what is none. */
record PatchBodies(FhirContext fhirContext) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, List<String>> NEEDS =
      Map.of(
          "add", List.of("path", "value"),
          "replace", List.of("path", "value"),
          "test", List.of("path", "value"),
          "remove", List.of("path"),
          "move", List.of("path", "from"),
          "copy", List.of("path", "from"));

  /** Each is applied to the whole resource. */
  private static final int MOST_OPERATIONS = 100;

  /** Each may double the resource: thirty would fill the memory. */
  private static final int MOST_COPIES = 3;

  private static final Set<String> TYPES = Set.of("add", "insert", "delete", "replace", "move");

  /**
   * @throws InvalidRequestException (400) that says which operation is wrong
   */
  void require(String mediaType, String body) {
    if (body.isEmpty()) {
      throw wrong("The patch is empty.");
    }
    if (mediaType.equals(Constants.CT_JSON_PATCH)) {
      jsonPatch(body);
    } else {
      fhirPathPatch(body);
    }
  }

  private static void jsonPatch(String body) {
    JsonNode patch = read(body);
    if (!patch.isArray() || patch.isEmpty()) {
      throw wrong("A JSON Patch is an array of at least one operation.");
    }
    most(MOST_OPERATIONS, patch.size(), "operations");
    int copies = 0;
    for (int i = 0; i < patch.size(); i++) {
      JsonNode operation = patch.get(i);
      copies += "copy".equals(operation.path("op").asText()) ? 1 : 0;
      List<String> needed = NEEDS.get(operation.path("op").asText());
      if (needed == null) {
        throw wrong(
            "[%d].op must be one of %s.".formatted(i, NEEDS.keySet().stream().sorted().toList()));
      }
      for (String name : needed) {
        JsonNode value = operation.get(name);
        if (value == null || value.isNull()) {
          throw wrong("[%d].%s is missing.".formatted(i, name));
        }
        if (!name.equals("value") && !(value.isTextual() && value.asText().startsWith("/"))) {
          throw wrong("[%d].%s must be a path such as /status.".formatted(i, name));
        }
      }
    }
    most(MOST_COPIES, copies, "operations 'copy'");
  }

  private static void most(int most, int asked, String what) {
    if (asked > most) {
      throw wrong(
          "It has %d %s, and at most %d are taken. Send the resource as a whole (PUT)."
              .formatted(asked, what, most));
    }
  }

  private void fhirPathPatch(String body) {
    Resource parsed =
        (Resource)
            (BodyScan.isXml(body) ? fhirContext.newXmlParser() : fhirContext.newJsonParser())
                .parseResource(body);
    if (!(parsed instanceof Parameters patch) || patch.getParameter().isEmpty()) {
      throw wrong("A FHIRPath Patch is a Parameters with at least one 'operation'.");
    }
    most(MOST_OPERATIONS, patch.getParameter().size(), "operations");
    for (int i = 0; i < patch.getParameter().size(); i++) {
      ParametersParameterComponent operation = patch.getParameter().get(i);
      String at = "Parameters.parameter[%d]".formatted(i);
      if (!"operation".equals(operation.getName())) {
        throw wrong(at + ".name must be 'operation'.");
      }
      if (!TYPES.contains(String.valueOf(part(operation, "type")))) {
        throw wrong(at + ": 'type' must be one of " + TYPES.stream().sorted().toList() + '.');
      }
      path(at, part(operation, "path"));
    }
  }

  private void path(String at, String path) {
    if (path == null || path.isBlank()) {
      throw wrong(at + ": 'path' is missing.");
    }
    String fault = PatchPath.fault(path);
    if (fault != null) {
      throw wrong(at + ": the 'path' " + fault + '.');
    }
    try {
      fhirContext.newFhirPath().parse(path);
    } catch (Exception notFhirPath) {
      throw wrong(at + ": the 'path' is no FHIRPath.");
    }
  }

  private static String part(ParametersParameterComponent operation, String name) {
    return operation.getPart().stream()
        .filter(part -> name.equals(part.getName()) && part.getValue() != null)
        .map(part -> part.getValue().primitiveValue())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw wrong(e.getOriginalMessage());
    }
  }

  private static InvalidRequestException wrong(String why) {
    return new InvalidRequestException("The patch cannot be read, and nothing was changed: " + why);
  }
}
