package org.carepathway.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.carepathway.form.TestForms.CONTEXT;
import static org.carepathway.form.TestForms.PATHS;
import static org.carepathway.form.TestForms.answer;
import static org.carepathway.form.TestForms.form;
import static org.carepathway.form.TestForms.group;
import static org.carepathway.form.TestForms.response;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnableWhenTest {

  private static List<String> rules(Form form, String... items) {
    return new AnswerCheck(PATHS)
        .check(form, response(String.join(",", items)), CONTEXT).stream()
            .map(FormIssue::rule)
            .toList();
  }

  private static boolean asks(Form form, String... items) {
    List<String> rules = rules(form, items);
    assertThat(rules).isSubsetOf(FormIssue.REQUIRED);
    return !rules.isEmpty();
  }

  /** Every operator, met and not met, and without an answer. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "integer | exists | Boolean | true | Integer | 1 | true",
        "integer | exists | Boolean | true | Integer | | false",
        "integer | exists | Boolean | false | Integer | 1 | false",
        "integer | exists | Boolean | false | Integer | | true",
        "integer | = | Integer | 5 | Integer | 5 | true",
        "integer | = | Integer | 5 | Integer | 6 | false",
        "integer | = | Integer | 5 | Integer | | false",
        "integer | != | Integer | 5 | Integer | 6 | true",
        "integer | != | Integer | 5 | Integer | 5 | false",
        "integer | != | Integer | 5 | Integer | | true",
        "integer | > | Integer | 5 | Integer | 6 | true",
        "integer | > | Integer | 5 | Integer | 5 | false",
        "integer | > | Integer | 5 | Integer | | false",
        "integer | < | Integer | 5 | Integer | 4 | true",
        "integer | < | Integer | 5 | Integer | 5 | false",
        "integer | < | Integer | 5 | Integer | | false",
        "integer | >= | Integer | 5 | Integer | 5 | true",
        "integer | >= | Integer | 5 | Integer | 4 | false",
        "integer | <= | Integer | 5 | Integer | 5 | true",
        "integer | <= | Integer | 5 | Integer | 6 | false",
        "decimal | = | Decimal | 2.50 | Decimal | 2.5 | true",
        "decimal | > | Integer | 2 | Decimal | 2.5 | true",
        "boolean | = | Boolean | false | Boolean | false | true",
        "boolean | = | Boolean | false | Boolean | true | false",
        "boolean | = | Boolean | false | Boolean | | false",
        "date | >= | Date | \"2026-03-01\" | Date | \"2026-03-01\" | true",
        "date | >= | Date | \"2026-03-01\" | Date | \"2026-02-28\" | false",
        "dateTime | < | DateTime | \"2026-03-01T10:00:00Z\" | DateTime | \"2026-03-01T10:30:00+01:00\" | true",
        "dateTime | < | DateTime | \"2026-03-01T10:00:00Z\" | DateTime | \"2026-03-01T10:30:00Z\" | false",
        "string | = | String | \"a\" | String | \"a\" | true",
        "string | = | String | \"a\" | String | \"A\" | false",
        "choice | = | Coding | {\"system\":\"http://x\",\"code\":\"c1\"} | Coding | {\"system\":\"http://x\",\"code\":\"c1\",\"display\":\"z\"} | true",
        "choice | != | Coding | {\"system\":\"http://x\",\"code\":\"c1\"} | Coding | {\"system\":\"http://x\",\"code\":\"c2\"} | true",
        "open-choice | = | String | \"other\" | String | \"other\" | true",
        "quantity | > | Quantity | {\"value\":5,\"code\":\"mL\"} | Quantity | {\"value\":6,\"code\":\"mL\"} | true",
        "quantity | > | Quantity | {\"value\":5,\"code\":\"mL\"} | Quantity | {\"value\":6,\"code\":\"L\"} | false",
      })
  void operators(
      String type,
      String operator,
      String kind,
      String wanted,
      String given,
      String value,
      boolean asked) {
    String options = type.endsWith("choice") ? "\"answerValueSet\": \"http://vs/ten\"," : "";
    Form form =
        form(
            """
            {"linkId": "q", %s "type": "%s"},
            {"linkId": "x", "type": "string", "required": true, "enableWhen": [
              {"question": "q", "operator": "%s", "answer%s": %s}]}
            """
                .formatted(options, type, operator, kind, wanted));
    String q = value == null ? group("q") : answer("q", "\"value" + given + "\": " + value);

    assertThat(asks(form, q)).isEqualTo(asked);
    assertThat(rules(form, q, answer("x", "\"valueString\": \"a\"")))
        .isEqualTo(asked ? List.of() : List.of(FormIssue.DISABLED));
  }

  @Test
  void allOrAny() {
    String form =
        """
        {"linkId": "a", "type": "boolean"}, {"linkId": "b", "type": "boolean"},
        {"linkId": "x", "type": "string", "required": true, "enableBehavior": "%s", "enableWhen": [
          {"question": "a", "operator": "=", "answerBoolean": true},
          {"question": "b", "operator": "=", "answerBoolean": true}]}
        """;
    String a = answer("a", "\"valueBoolean\": true");
    String b = answer("b", "\"valueBoolean\": true");

    assertThat(asks(form(form.formatted("all")), a, b)).isTrue();
    assertThat(asks(form(form.formatted("all")), a)).isFalse();
    assertThat(asks(form(form.formatted("any")), a)).isTrue();
    assertThat(asks(form(form.formatted("any")))).isFalse();
  }

  @Test
  void aRepeatingChoiceMeetsItWithAnyAnswer() {
    Form form =
        form(
            """
            {"linkId": "a", "type": "choice", "repeats": true, "answerValueSet": "http://vs/ten"},
            {"linkId": "x", "type": "string", "required": true, "enableWhen": [
              {"question": "a", "operator": "=", "answerCoding": {"system": "http://x", "code": "c2"}}]},
            {"linkId": "y", "type": "string", "required": true, "enableWhen": [
              {"question": "a", "operator": "!=", "answerCoding": {"system": "http://x", "code": "c2"}}]}
            """);
    String c1 = "\"valueCoding\": {\"system\": \"http://x\", \"code\": \"c1\"}";

    assertThat(
            new AnswerCheck(PATHS)
                .check(form, response(answer("a", c1, c1.replace("c1", "c2"))), CONTEXT))
        .extracting(FormIssue::linkId)
        .containsExactly("x");
  }

  @Test
  void whatIsInAGroupThatIsNotAskedIsNotRequired() {
    Form form =
        form(
            """
            {"linkId": "a", "type": "boolean"},
            {"linkId": "g", "type": "group", "required": true, "enableWhen": [
              {"question": "a", "operator": "=", "answerBoolean": true}], "item": [
                {"linkId": "x", "type": "string", "required": true}]}
            """);

    assertThat(asks(form)).isFalse();
    assertThat(rules(form, answer("a", "\"valueBoolean\": true")))
        .containsExactly(FormIssue.REQUIRED);
    assertThat(rules(form, group("g", answer("x", "\"valueString\": \"a\""))))
        .containsExactly(FormIssue.DISABLED);
    assertThat(rules(form, group("g"))).isEmpty();
  }

  @Test
  void aRepetitionLooksAtItselfAndThenOutside() {
    Form form =
        form(
            """
            {"linkId": "all", "type": "boolean"},
            {"linkId": "r", "type": "group", "repeats": true, "item": [
              {"linkId": "leak", "type": "boolean"},
              {"linkId": "grade", "type": "integer", "required": true, "enableWhen": [
                {"question": "leak", "operator": "=", "answerBoolean": true}]},
              {"linkId": "note", "type": "string", "required": true, "enableWhen": [
                {"question": "all", "operator": "=", "answerBoolean": true}]}]},
            {"linkId": "end", "type": "string", "required": true, "enableWhen": [
              {"question": "leak", "operator": "=", "answerBoolean": true}]}
            """);
    String yes = answer("leak", "\"valueBoolean\": true");
    String grade = answer("grade", "\"valueInteger\": 1");
    String end = answer("end", "\"valueString\": \"x\"");

    assertThat(
            rules(
                form,
                group("r", yes, grade),
                group("r", answer("leak", "\"valueBoolean\": false")),
                end))
        .isEmpty();
    assertThat(rules(form, group("r", yes, grade), group("r", grade), end))
        .containsExactly(FormIssue.DISABLED);
    assertThat(rules(form, group("r", yes, grade), group("r", yes), end))
        .containsExactly(FormIssue.REQUIRED);
    assertThat(rules(form, group("r", yes, grade))).as("end").containsExactly(FormIssue.REQUIRED);
    assertThat(
            rules(
                form,
                answer("all", "\"valueBoolean\": true"),
                group("r", answer("leak", "\"valueBoolean\": false"))))
        .as("note")
        .containsExactly(FormIssue.REQUIRED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nowhere | = | \"answerBoolean\": true | is no question",
        "g | exists | \"answerBoolean\": true | is no question",
        "b | = | \"answerString\": \"true\" | the condition asks for string",
        "b | exists | \"answerString\": \"true\" | answerBoolean",
        "b | > | \"answerBoolean\": true | cannot be compared with >",
        "c | = | \"answerCoding\": {\"system\": \"http://x\", \"code\": \"c99\"} | has no option c99",
        "i | = | \"answerDecimal\": 1.5 | the condition asks for decimal",
        "b | | \"answerBoolean\": true | needs an operator",
      })
  void aConditionThatCannotBeMetIsRefused(
      String question, String operator, String answer, String reason) {
    String op = operator == null ? "" : "\"operator\": \"" + operator + "\",";
    String items =
        """
        {"linkId": "b", "type": "boolean"}, {"linkId": "i", "type": "integer"},
        {"linkId": "c", "type": "choice", "answerValueSet": "http://vs/ten"},
        {"linkId": "g", "type": "group", "item": [{"linkId": "s", "type": "string"}]},
        {"linkId": "x", "type": "string", "enableWhen": [{"question": "%s", %s %s}]}
        """
            .formatted(question, op, answer);

    assertThatThrownBy(() -> form(items))
        .isInstanceOf(FormException.class)
        .hasMessageContainingAll("Form 'test', item 'x'", reason);
  }
}
