package org.carepathway.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.junit.jupiter.api.Test;

/** What the service has set may change between the page and its post: the person is told. */
class SeenTest {

  private static final Form FORM =
      TestForms.form(
          """
          {"linkId": "kidney", "type": "decimal", "text": "Creatinine", "readOnly": true},
          {"linkId": "secret", "type": "string", "readOnly": true, "extension": [{
            "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden",
            "valueBoolean": true}]},
          {"linkId": "rules", "type": "group", "repeats": true, "readOnly": true, "item": [
            {"linkId": "rule", "type": "string", "text": "Rule", "readOnly": true}]},
          {"linkId": "go", "type": "boolean", "text": "Go"}
          """);

  private static final String NOW =
      """
      {"linkId": "kidney", "answer": [{"valueDecimal": 300}]},
      {"linkId": "secret", "answer": [{"valueString": "s"}]},
      {"linkId": "rules", "item": [{"linkId": "rule", "answer": [{"valueString": "one"}]}]},
      {"linkId": "rules", "item": [{"linkId": "rule", "answer": [{"valueString": "two"}]}]}
      """;

  @Test
  void whatIsAsItWasSeenIsNotMentioned() {
    assertThat(read("kidney@seen", "300", "rules[0].rule@seen", "one", "rules[1].rule@seen", "two"))
        .isEmpty();
  }

  @Test
  void whatChangedIsAWarningWithWhatItWas() {
    List<FormIssue> issues = read("kidney@seen", "80", "rules[1].rule@seen", " two\r\n");
    assertThat(issues).extracting(FormIssue::rule).containsExactly(FormIssue.CHANGED);
    assertThat(issues.get(0).isError()).isFalse();
    assertThat(issues.get(0).message()).contains("\"Creatinine\"").contains("80");
    assertThat(issues.get(0).phrase().in(Locale.forLanguageTag("es"))).contains("80");
  }

  @Test
  void whatWasNotKnownYetIsAWarningToo() {
    assertThat(read("kidney@seen", ""))
        .extracting(FormIssue::message)
        .containsExactly("\"Creatinine\" was not known yet when you opened the form: look at it");
  }

  @Test
  void eachRepetitionIsComparedWithItsOwn() {
    assertThat(read("rules[0].rule@seen", "two", "rules[1].rule@seen", "two"))
        .extracting(FormIssue::path)
        .hasSize(1);
  }

  @Test
  void aPostWithoutPageIsNotCompared() {
    assertThat(read("go", "true")).isEmpty();
  }

  private static List<FormIssue> read(String... posted) {
    Map<String, List<String>> parameters = new HashMap<>();
    for (int i = 0; i < posted.length; i += 2) {
      parameters.put(posted[i], List.of(posted[i + 1]));
    }
    QuestionnaireResponse first =
        TestForms.FHIR
            .newJsonParser()
            .parseResource(
                QuestionnaireResponse.class,
                "{\"resourceType\": \"QuestionnaireResponse\", \"item\": [" + NOW + "]}");
    return FormPost.read(FORM, parameters, first, ZoneOffset.UTC, FORM).issues();
  }
}
