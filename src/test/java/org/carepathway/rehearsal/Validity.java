package org.carepathway.rehearsal;

import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.carepathway.fhir.Conformance;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Resource;

/**
 * What is wrong with resources. One that differs in nothing but its version, UUIDs and times from
 * one found valid before is not looked at again, as long as its times come in the same order and
 * are as precise: no rule looks at a version or into a UUID, or compares a time with one that is
 * not in the resource.
 */
final class Validity {

  private static final Pattern UUIDS =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private static final Pattern TIMES =
      Pattern.compile(
          "\"(\\d{4}-\\d\\d-\\d\\d(?:T\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?:Z|[+-]\\d\\d:\\d\\d))?)\"");

  private static final Pattern VERSION = Pattern.compile("\"versionId\":\"\\d+\"");

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

  /**
   * Its UUIDs numbered in the order they come, so that equal ones stay equal; its times numbered by
   * time, with their length.
   */
  private static String shape(String json) {
    Map<String, String> numbers = new HashMap<>();
    String numbered =
        UUIDS
            .matcher(VERSION.matcher(json).replaceFirst(""))
            .replaceAll(
                id -> numbers.computeIfAbsent(id.group(), any -> String.valueOf(numbers.size())));
    List<Instant> order =
        TIMES
            .matcher(numbered)
            .results()
            .map(t -> instant(t.group(1)))
            .sorted()
            .distinct()
            .toList();
    return TIMES
        .matcher(numbered)
        .replaceAll(t -> "@" + order.indexOf(instant(t.group(1))) + ':' + t.group(1).length());
  }

  private static Instant instant(String time) {
    return new DateTimeType(time).getValue().toInstant();
  }
}
