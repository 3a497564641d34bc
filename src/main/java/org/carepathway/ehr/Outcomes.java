package org.carepathway.ehr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What an OperationOutcome says, by its codes only: its texts may name a patient, and go to the log
 * and to a page for who connects systems.
 */
final class Outcomes {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Outcomes() {}

  /** {@code (error invalid 59102)}; empty where it is none. */
  static String said(byte[] body) {
    try {
      JsonNode outcome = JSON.readTree(body);
      return outcome != null && isOutcome(outcome) ? said(outcome) : "";
    } catch (IOException nothing) {
      return "";
    }
  }

  static String said(JsonNode outcome) {
    return StreamSupport.stream(outcome.path("issue").spliterator(), false)
        .map(
            issue ->
                "%s %s %s"
                    .formatted(
                        issue.path("severity").asText(),
                        issue.path("code").asText(),
                        issue.at("/details/coding/0/code").asText())
                    .strip())
        .distinct()
        .limit(5)
        .collect(Collectors.joining(", ", " (", ")"));
  }

  /** The codes alone, those of FHIR and the server's own. */
  static List<String> codes(byte[] body) {
    try {
      JsonNode outcome = JSON.readTree(body);
      return outcome == null
          ? List.of()
          : StreamSupport.stream(outcome.path("issue").spliterator(), false)
              .flatMap(
                  issue ->
                      Stream.of(
                          issue.path("code").asText(), issue.at("/details/coding/0/code").asText()))
              .filter(code -> !code.isEmpty())
              .distinct()
              .limit(10)
              .toList();
    } catch (IOException nothing) {
      return List.of();
    }
  }

  static boolean isOutcome(JsonNode resource) {
    return resource.path("resourceType").asText().equals("OperationOutcome");
  }

  /** Whether something in it is an error, and not only a hint. */
  static boolean isError(JsonNode outcome) {
    return StreamSupport.stream(outcome.path("issue").spliterator(), false)
        .map(issue -> issue.path("severity").asText())
        .anyMatch(severity -> severity.equals("error") || severity.equals("fatal"));
  }
}
