package org.carepathway.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Resource;

/** Whether a patch is one: HAPI would stumble over what is none. */
record PatchBodies(FhirContext fhirContext) {

  /** Each is applied to the whole resource. */
  static final int MOST_OPERATIONS = 100;

  /** A path, a dot and the name of what is added. */
  private static final Pattern ID = Pattern.compile("[A-Z][A-Za-z]*\\.id\\b(?!\\()");

  private static final Set<String> TYPES = Set.of("add", "insert", "delete", "replace", "move");

  /**
   * @throws InvalidRequestException (400) that says which operation is wrong
   */
  void require(String mediaType, String body) {
    if (body.isEmpty()) {
      throw wrong("The patch is empty.");
    }
    if (mediaType.equals(Constants.CT_JSON_PATCH)) {
      JsonPatch.require(body);
    } else {
      fhirPathPatch(body);
    }
  }

  static void most(int most, int asked, String what) {
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
      if (ID.matcher(part(operation, "path").strip() + '.' + part(operation, "name")).lookingAt()) {
        throw wrong(at + " changes the id, which stays as it is. Leave it out.");
      }
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

  static InvalidRequestException wrong(String why) {
    return new InvalidRequestException("The patch cannot be read, and nothing was changed: " + why);
  }
}
