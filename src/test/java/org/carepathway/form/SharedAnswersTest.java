package org.carepathway.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.carepathway.form.TestForms.CONTEXT;
import static org.carepathway.form.TestForms.PATHS;
import static org.carepathway.form.TestForms.answer;
import static org.carepathway.form.TestForms.form;
import static org.carepathway.form.TestForms.group;
import static org.carepathway.form.TestForms.items;
import static org.carepathway.form.TestForms.response;
import static org.carepathway.form.TestForms.together;

import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedAnswersTest {

  private static final String SIGNS =
      """
      {"linkId": "fever", "type": "boolean", "required": true},
      {"linkId": "none", "type": "boolean", "extension": [%s, %s, %s]},
      {"linkId": "any", "type": "boolean", "required": true},
      {"linkId": "which", "type": "choice", "answerValueSet": "http://vs/ten", "required": true,
       "enableWhen": [{"question": "any", "operator": "=", "answerBoolean": true}]}
      """
          .formatted(
              together("fever", "\"valueBoolean\": false"),
              together("any", "\"valueBoolean\": false"),
              together("which", "\"valueCoding\": {\"system\": \"http://x\", \"code\": \"c1\"}"));

  private static final Form FORM =
      form(
          """
          {"linkId": "round", "type": "group", "repeats": true, "item": [%s]}
          """
              .formatted(SIGNS));

  private static final String NONE = answer("none", "\"valueBoolean\": true");
  private static final String FEVER = answer("fever", "\"valueBoolean\": true");
  private static final String NO_FEVER = answer("fever", "\"valueBoolean\": false");
  private static final String NO_ANY = answer("any", "\"valueBoolean\": false");

  private static QuestionnaireResponse added(String... rounds) {
    QuestionnaireResponse response = response(String.join(",", rounds));
    new SharedAnswers(FORM).addTo(response);
    return response;
  }

  private static List<String> rules(QuestionnaireResponse response) {
    return new AnswerCheck(PATHS)
        .check(FORM, response, CONTEXT).stream()
            .map(issue -> issue.linkId() + " " + issue.rule())
            .toList();
  }

  @Test
  void aChoiceAnswersWhatIsAskedAndIsKeptItself() {
    QuestionnaireResponse one = added(group("round", NONE));
    assertThat(items(one)).isEqualTo(items(response(group("round", NO_FEVER, NONE, NO_ANY))));
    assertThat(rules(one)).isEmpty();
  }

  @Test
  void withoutItNothingIsAnswered() {
    for (String nothing : List.of(NO_FEVER, answer("none", "\"valueBoolean\": false"))) {
      QuestionnaireResponse response = added(group("round", nothing));
      assertThat(items(response)).isEqualTo(items(response(group("round", nothing))));
      assertThat(rules(response)).contains("any required");
    }
  }

  @Test
  void itHoldsForItsOwnRepetition() {
    assertThat(rules(added(group("round", NONE), group("round", NO_FEVER))))
        .containsExactly("any required");
  }

  @Test
  void anotherAnswerIsNeverChangedAndIsRefusedBesideIt() {
    QuestionnaireResponse response = added(group("round", FEVER, NONE));
    assertThat(items(response)).contains(items(response(FEVER)).replaceAll("^\\[|]$", ""));
    assertThat(rules(response)).containsExactly("fever answers-together");
  }

  @Test
  void itIsTakenBackWhereAnotherAnswerContradicts() {
    QuestionnaireResponse response = added(group("round", FEVER, NONE), group("round", NONE));
    new SharedAnswers(FORM).takeBackFrom(response);
    assertThat(items(response))
        .isEqualTo(
            items(
                response(
                    group("round", FEVER, NO_ANY) + "," + group("round", NO_FEVER, NONE, NO_ANY))));
  }

  @Test
  void aPostWithoutTheScriptIsReadTheSameWay() {
    Posted posted =
        FormPost.read(
            FORM,
            Map.of("round[0]", List.of(""), "round[0].none", List.of("true")),
            null,
            RenderedForm.ZONE,
            FORM);
    assertThat(items(posted.response()))
        .isEqualTo(items(response(group("round", NO_FEVER, NONE, NO_ANY))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"linkId\": \"none\", \"type\": \"boolean\", \"extension\": [%s]; elsewhere;"
            + " \"valueBoolean\": false",
        "\"linkId\": \"none\", \"type\": \"boolean\", \"extension\": [%s]; none; \"valueBoolean\":"
            + " false",
        "\"linkId\": \"none\", \"type\": \"boolean\", \"extension\": [%s]; fever; \"valueInteger\":"
            + " 1",
        "\"linkId\": \"none\", \"type\": \"boolean\", \"required\": true, \"extension\": [%s];"
            + " fever; \"valueBoolean\": false",
        "\"linkId\": \"none\", \"type\": \"string\", \"extension\": [%s]; fever; \"valueBoolean\":"
            + " false",
      })
  void aChoiceThatCannotWorkIsRefused(String written) {
    String[] parts = written.split("; ");
    String items =
        """
        {%s}, {"linkId": "fever", "type": "boolean"},
        {"linkId": "g", "type": "group", "item": [{"linkId": "elsewhere", "type": "boolean"}]}
        """
            .formatted(parts[0].formatted(together(parts[1], parts[2])));
    assertThatThrownBy(() -> form(items))
        .isInstanceOf(FormException.class)
        .hasMessageContaining("answers-together");
  }
}
