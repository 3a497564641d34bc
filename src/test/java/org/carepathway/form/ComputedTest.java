package org.carepathway.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.carepathway.form.TestForms.CONTEXT;
import static org.carepathway.form.TestForms.PATHS;
import static org.carepathway.form.TestForms.answer;
import static org.carepathway.form.TestForms.fhirPath;
import static org.carepathway.form.TestForms.form;
import static org.carepathway.form.TestForms.group;
import static org.carepathway.form.TestForms.items;
import static org.carepathway.form.TestForms.response;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComputedTest {

  private static final Form FORM =
      form(
          """
          {"linkId": "times", "type": "group", "item": [
            {"linkId": "start", "type": "dateTime"}]},
          {"linkId": "comes", "type": "group", "item": [
            {"linkId": "arrival", "type": "dateTime", "extension": [%s]}]},
          {"linkId": "row", "type": "group", "repeats": true, "item": [
            {"linkId": "days", "type": "integer"},
            {"linkId": "weeks", "type": "decimal", "extension": [%s]},
            {"linkId": "long", "type": "boolean", "extension": [%s],
             "enableWhen": [{"question": "days", "operator": ">", "answerInteger": 7}]}]}
          """
              .formatted(
                  follows(
                      "%resource.descendants().where(linkId = 'start').answer.value - 60 minutes"),
                  follows("(item.where(linkId = 'days').answer.value * 10 div 7) * 0.1"),
                  follows("item.where(linkId = 'weeks').answer.value > 4")));

  private static final String START =
      answer("start", "\"valueDateTime\": \"2026-03-02T09:00:00Z\"");
  private static final String DAYS = answer("days", "\"valueInteger\": 20");

  private static String follows(String expression) {
    return fhirPath(Sdc.CALCULATED, expression);
  }

  private static Map<String, String> offers(QuestionnaireResponse response) {
    return new Computed(FORM, PATHS, CONTEXT)
        .addTo(response).stream()
            .collect(
                java.util.stream.Collectors.toMap(
                    Computed.Offer::name, offer -> offer.input(ZoneOffset.UTC, FORM)));
  }

  @Test
  void whatFollowsIsOfferedInItsGroupAlsoWhereNothingElseIsAnsweredThere() {
    QuestionnaireResponse response = response(group("times", START));
    assertThat(offers(response)).containsExactly(Map.entry("arrival", "2026-03-02T08:00"));
    assertThat(items(response))
        .isEqualTo(
            items(
                response(
                    group("times", START)
                        + ","
                        + group(
                            "comes",
                            answer("arrival", "\"valueDateTime\": \"2026-03-02T08:00:00Z\"")))));
  }

  @Test
  void anAnswerThatIsThereStays() {
    String typed = answer("weeks", "\"valueDecimal\": 9");
    assertThat(offers(response(group("row", DAYS, typed))))
        .containsExactly(Map.entry("row[0].long", "true"));
  }

  @Test
  void oneOfferLeadsToTheNextAndEachRowHasItsOwn() {
    String few = answer("days", "\"valueInteger\": 7");
    assertThat(offers(response(group("row", few) + "," + group("row", DAYS))))
        .containsOnly(
            Map.entry("row[0].weeks", "1.0"),
            Map.entry("row[1].weeks", "2.8"),
            Map.entry("row[1].long", "false"));
  }

  @Test
  void aRowHasTheNameUnderWhichThePagePostedIt() {
    Posted posted =
        FormPost.read(
            FORM,
            Map.of(
                "row[0]", List.of("new"),
                "row[4]", List.of("new"),
                "row[4].days", List.of("14")),
            null,
            ZoneOffset.UTC,
            FORM);
    assertThat(offers(posted.response()))
        .containsOnly(Map.entry("row[4].weeks", "2.0"), Map.entry("row[4].long", "false"));
  }

  @Test
  void nothingFollowsFromWhatIsMissing() {
    assertThat(offers(response(""))).isEmpty();
  }

  @Test
  void whatFollowsIsNamedThoughItIsAnswered() {
    QuestionnaireResponse response =
        response(group("row", DAYS, answer("weeks", "\"valueDecimal\": 9")));
    String before = items(response);
    assertThat(new Computed(FORM, PATHS, CONTEXT).all(response))
        .extracting(offer -> offer.item().linkId() + " " + offer.value().primitiveValue())
        .contains("weeks 2.8");
    assertThat(items(response)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"type\": \"integer\", \"readOnly\": true; 1",
        "\"type\": \"group\", \"repeats\": true; 1",
        "\"type\": \"integer\"; %patient.birthDate",
      })
  void whatCannotWorkIsRefused(String written) {
    String[] parts = written.split("; ");
    String item =
        "{\"linkId\": \"one\", %s, \"extension\": [%s]}".formatted(parts[0], follows(parts[1]));
    assertThatThrownBy(() -> form(item))
        .isInstanceOf(FormException.class)
        .hasMessageContaining("calculatedExpression");
  }
}
