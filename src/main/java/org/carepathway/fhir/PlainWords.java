package org.carepathway.fhir;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.OperationOutcome;

/** Refusals in HAPI's words, without the names of Java classes and how it came to them. */
final class PlainWords {

  private static final Pattern HOW =
      Pattern.compile(
          "\\s*\\(through reference chain:[^)]*\\)|\\s*\\bat \\[Source:[^\\]]*\\]"
              + "|(?<![\\w./:])(?:java|javax|jakarta|jdk|com|org|ca|net)\\.(?:[a-z]\\w*\\.)+[A-Z]\\w*(?:\\$\\w+)*(?:\\[[^\\]]*\\])?:?\\s?"
              + "|Cannot invoke \"[^\"]*\"( because .*? is null)?");

  private PlainWords() {}

  static BaseServerResponseException of(BaseServerResponseException refusal) {
    if (refusal.getOperationOutcome() instanceof OperationOutcome outcome) {
      outcome.getIssue().stream()
          .filter(OperationOutcome.OperationOutcomeIssueComponent::hasDiagnostics)
          .forEach(issue -> issue.setDiagnostics(plain(issue.getDiagnostics())));
      return refusal;
    }
    String text = String.valueOf(refusal.getMessage());
    if (!HOW.matcher(text).find()) {
      return refusal;
    }
    UnclassifiedServerFailureException plain =
        new UnclassifiedServerFailureException(refusal.getStatusCode(), plain(text));
    refusal
        .getResponseHeaders()
        .forEach((name, values) -> values.forEach(value -> plain.addResponseHeader(name, value)));
    return plain;
  }

  static String plain(String text) {
    String said = HOW.matcher(text).replaceAll("").strip();
    return said.isEmpty() ? "It cannot be read." : said;
  }
}
