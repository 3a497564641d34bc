package org.carepathway.content;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.CommunicationRequest;
import org.hl7.fhir.r4.model.CommunicationRequest.CommunicationRequestPayloadComponent;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.StringType;

/** What a template of a message says, with a 7 wherever the patients differ. */
final class TemplateTexts {

  private static final Pattern LITERAL = Pattern.compile("'((?:[^'\\\\]|\\\\.)*)'");
  private static final Pattern LITERAL_ONLY = Pattern.compile("^" + LITERAL.pattern() + "$");

  private TemplateTexts() {}

  static Stream<String> of(CommunicationRequest template) {
    return Stream.concat(
        template.getReasonCode().stream().map(CodeableConcept::getText),
        template.getPayload().stream()
            .map(CommunicationRequestPayloadComponent::getContent)
            .map(StringType.class::cast)
            .flatMap(TemplateTexts::of));
  }

  /** What a form makes of its answers for the patient to read. */
  static Stream<String> of(Appointment template) {
    return of(template.getPatientInstructionElement());
  }

  /** What a text of a template can say; nothing where the template has none. */
  static Stream<String> of(StringType text) {
    return text.hasExtension()
        ? text.getExtension().stream().map(TemplateTexts::expression).flatMap(TemplateTexts::said)
        : Stream.ofNullable(text.getValue());
  }

  private static String expression(Extension blank) {
    return blank.getValue() instanceof Expression expression
        ? expression.getExpression()
        : blank.getValue().primitiveValue();
  }

  /** All that an expression can say, and the words within it that stand in for a code. */
  private static Stream<String> said(String expression) {
    List<String> said = List.of("");
    List<String> words = new ArrayList<>();
    for (String part : split(expression, " + ")) {
      List<String> ways = ways(part.strip(), words);
      said = said.stream().flatMap(begin -> ways.stream().map(way -> begin + way)).toList();
    }
    return Stream.concat(said.stream(), words.stream());
  }

  private static List<String> ways(String part, List<String> words) {
    Matcher literal = LITERAL_ONLY.matcher(part);
    if (literal.matches()) {
      return List.of(literal.group(1));
    }
    if (part.startsWith("iif(") && part.endsWith(")")) {
      List<String> arguments = split(part.substring(4, part.length() - 1), ",");
      return arguments.stream().skip(1).flatMap(TemplateTexts::said).toList();
    }
    LITERAL
        .matcher(part.replaceAll("replace\\('[^']*', *'[^']*'\\)", ""))
        .results()
        .map(found -> found.group(1))
        .filter(word -> word.strip().contains(" "))
        .forEach(words::add);
    return List.of("7");
  }

  /** Outside brackets and quotation marks. */
  private static List<String> split(String expression, String separator) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    boolean quoted = false;
    for (int i = 0; i < expression.length(); i++) {
      char sign = expression.charAt(i);
      if (sign == '\'' && (i == 0 || expression.charAt(i - 1) != '\\')) {
        quoted = !quoted;
      } else if (!quoted && "([{".indexOf(sign) >= 0) {
        depth++;
      } else if (!quoted && ")]}".indexOf(sign) >= 0) {
        depth--;
      } else if (!quoted && depth == 0 && expression.startsWith(separator, i)) {
        parts.add(expression.substring(from, i));
        from = i + separator.length();
      }
    }
    parts.add(expression.substring(from));
    return parts;
  }
}
