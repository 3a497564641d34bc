package org.carepathway.form;

import ca.uhn.fhir.context.FhirContext;
import java.time.ZonedDateTime;
import java.util.List;
import org.carepathway.template.FhirPathContext;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Resource;

/** Forms and responses from short JSON. */
final class TestForms {

  static final FhirContext FHIR = FhirContext.forR4Cached();
  static final FhirPaths PATHS = new FhirPaths(FHIR);
  static final String URL = "https://example.org/Questionnaire/test";

  /** Ten codes c0 to c9, the last but one with a system of its own. */
  static final ValueSetLookup TEN =
      canonical ->
          canonical.equals("http://vs/ten")
              ? java.util.stream.IntStream.range(0, 10).mapToObj(TestForms::code).toList()
              : List.of();

  static final FhirPathContext CONTEXT =
      FhirPathContext.at(ZonedDateTime.parse("2026-03-01T10:00:00+01:00"))
          .with("patient", new Patient().setId("p1"));

  private TestForms() {}

  static Coding code(int number) {
    return new Coding("http://x", "c" + number, "Code " + number);
  }

  /** A form with these items; what stands before the items may add to the root. */
  static Form form(String items) {
    return form("", items);
  }

  static Form form(String root, String items) {
    return new FormReader(PATHS, TEN).read(questionnaire(root, items));
  }

  static Questionnaire questionnaire(String root, String items) {
    String json =
        """
        {"resourceType": "Questionnaire", "url": "%s", "version": "1.0.0", "title": "Test",
         "status": "active", %s "item": [%s]}
        """
            .formatted(URL, root, items);
    return parse(Questionnaire.class, json);
  }

  static QuestionnaireResponse response(String items) {
    String json =
        """
        {"resourceType": "QuestionnaireResponse", "questionnaire": "%s|1.0.0",
         "status": "completed", "item": [%s]}
        """
            .formatted(URL, items);
    return parse(QuestionnaireResponse.class, json);
  }

  static <T extends Resource> T parse(Class<T> type, String json) {
    return FHIR.newJsonParser().parseResource(type, json);
  }

  static String json(Resource resource) {
    return FHIR.newJsonParser().encodeResourceToString(resource);
  }

  /** The JSON of the items of a response only. */
  static String items(QuestionnaireResponse response) {
    String json = json(response);
    return json.contains("\"item\"")
        ? json.substring(json.indexOf("\"item\"") + 7, json.length() - 1)
        : "[]";
  }

  /** An item with an answer, both as JSON. */
  static String answer(String linkId, String... values) {
    String all =
        java.util.Arrays.stream(values)
            .map(value -> "{" + value + "}")
            .collect(java.util.stream.Collectors.joining(","));
    return "{\"linkId\": \"%s\", \"answer\": [%s]}".formatted(linkId, all);
  }

  static String group(String linkId, String... items) {
    return "{\"linkId\": \"%s\", \"item\": [%s]}".formatted(linkId, String.join(",", items));
  }

  /** An extension with a value, both as JSON. */
  static String extension(String url, String value) {
    return "{\"url\": \"%s\", %s}".formatted(url, value);
  }

  /** On a choice: what it means for another question, the answer as JSON. */
  static String together(String question, String answer) {
    return """
    {"url": "https://carepathway.org/fhir/StructureDefinition/answers-together", "extension": [
     {"url": "question", "valueString": "%s"}, {"url": "answer", %s}]}
    """
        .formatted(question, answer);
  }

  static String fhirPath(String url, String expression) {
    return extension(
        url,
        "\"valueExpression\": {\"language\": \"text/fhirpath\", \"expression\": \"%s\"}"
            .formatted(expression));
  }

  static String constraint(String key, String severity, String expression) {
    return """
    {"url": "%s", "extension": [{"url": "key", "valueId": "%s"},
     {"url": "severity", "valueCode": "%s"}, {"url": "expression", "valueString": "%s"},
     {"url": "human", "valueString": "Rule %s."}]}
    """
        .formatted(Sdc.CONSTRAINT, key, severity, expression, key);
  }
}
