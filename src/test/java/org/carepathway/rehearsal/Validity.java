package org.carepathway.rehearsal;

import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.carepathway.fhir.Conformance;
import org.hl7.fhir.r4.model.Resource;

/**
 * What is wrong with resources. One that differs in nothing but its UUIDs from one found valid
 * before is not looked at again: no rule looks into a UUID.
 */
final class Validity {

  private static final Pattern UUIDS =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private final Conformance conformance;
  private final IParser parser;
  private final Set<String> valid = ConcurrentHashMap.newKeySet();

  Validity(Conformance conformance, IParser parser) {
    this.conformance = conformance;
    this.parser = parser;
  }

  List<String> errors(Resource resource) {
    String shape = shape(parser.encodeResourceToString(resource));
    if (valid.contains(shape)) {
      return List.of();
    }
    List<String> errors =
        conformance.validate(resource).getMessages().stream()
            .filter(m -> m.getSeverity().ordinal() >= ResultSeverityEnum.ERROR.ordinal())
            .map(m -> m.getLocationString() + ": " + m.getMessage())
            .toList();
    if (errors.isEmpty()) {
      valid.add(shape);
    }
    return errors;
  }

  /** Its UUIDs numbered in the order they come, so that equal ones stay equal. */
  private static String shape(String json) {
    Map<String, String> numbers = new HashMap<>();
    return UUIDS
        .matcher(json)
        .replaceAll(
            id -> numbers.computeIfAbsent(id.group(), any -> String.valueOf(numbers.size())));
  }
}
