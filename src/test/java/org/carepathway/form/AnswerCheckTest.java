package org.carepathway.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carepathway.form.TestForms.CONTEXT;
import static org.carepathway.form.TestForms.PATHS;
import static org.carepathway.form.TestForms.answer;
import static org.carepathway.form.TestForms.constraint;
import static org.carepathway.form.TestForms.extension;
import static org.carepathway.form.TestForms.form;
import static org.carepathway.form.TestForms.group;
import static org.carepathway.form.TestForms.response;

import java.util.List;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerCheckTest {

  private static final AnswerCheck CHECK = new AnswerCheck(PATHS);

  private static List<FormIssue> issues(Form form, String... items) {
    return CHECK.check(form, response(String.join(",", items)), CONTEXT);
  }

  private static List<String> rules(Form form, String... items) {
    return issues(form, items).stream().map(FormIssue::rule).toList();
  }

  /** What each item type takes, and what it does not. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "boolean | \"valueBoolean\": true | \"valueString\": \"true\"",
        "integer | \"valueInteger\": 8 | \"valueDecimal\": 8.0",
        "decimal | \"valueDecimal\": 8.5 | \"valueInteger\": 8",
        "date | \"valueDate\": \"2026-03-01\" | \"valueDateTime\": \"2026-03-01T10:00:00Z\"",
        "dateTime | \"valueDateTime\": \"2026-03-01T10:00:00Z\" | \"valueDate\": \"2026-03-01\"",
        "string | \"valueString\": \"a\" | \"valueUri\": \"http://x\"",
        "text | \"valueString\": \"a\" | \"valueInteger\": 1",
        "quantity | \"valueQuantity\": {\"value\": 1} | \"valueDecimal\": 1",
      })
  void typeOfAnswer(String type, String right, String wrong) {
    Form form = form("{\"linkId\": \"a\", \"type\": \"%s\", \"text\": \"Age\"}".formatted(type));

    assertThat(rules(form, answer("a", right))).isEmpty();
    assertThat(issues(form, answer("a", wrong)))
        .singleElement()
        .satisfies(
            issue -> {
              assertThat(issue.rule()).isEqualTo(FormIssue.TYPE);
              assertThat(issue.path()).isEqualTo("QuestionnaireResponse.item[0].answer[0]");
              assertThat(issue.linkId()).isEqualTo("a");
              assertThat(issue.isError()).isTrue();
              assertThat(issue.message()).startsWith("\"Age\" needs an answer of type " + type);
            });
  }

  @Test
  void choices() {
    Form form =
        form(
            """
            {"linkId": "a", "type": "choice", "answerValueSet": "http://vs/ten"},
            {"linkId": "b", "type": "open-choice", "answerOption": [
              {"valueCoding": {"system": "http://x", "code": "c1"}}]},
            {"linkId": "c", "type": "choice", "repeats": true, "answerValueSet": "http://vs/ten",
             "extension": [%s]}
            """
                .formatted(extension(Sdc.MAX_OCCURS, "\"valueInteger\": 2")));
    String c1 =
        "\"valueCoding\": {\"system\": \"http://x\", \"code\": \"c1\", \"display\": \"any\"}";
    String c2 = c1.replace("c1", "c2");

    assertThat(rules(form, answer("a", c1), answer("b", c1), answer("c", c1, c2))).isEmpty();
    assertThat(rules(form, answer("b", "\"valueString\": \"something else\""))).isEmpty();
    assertThat(rules(form, answer("a", "\"valueString\": \"c1\""))).containsExactly(FormIssue.TYPE);
    assertThat(rules(form, answer("a", c1.replace("http://x", "http://y"))))
        .containsExactly(FormIssue.OPTION);
    assertThat(rules(form, answer("b", c2))).containsExactly(FormIssue.OPTION);
    assertThat(rules(form, answer("a", c1, c2))).containsExactly(FormIssue.REPEATS);
    assertThat(rules(form, answer("c", c1, c1))).containsExactly(FormIssue.REPEATS);
    assertThat(rules(form, answer("c", c1, c2, c1.replace("c1", "c3"))))
        .containsExactly(FormIssue.MAX_OCCURS);
  }

  @Test
  void groupsAndTextsHaveNoAnswers() {
    Form form =
        form(
            """
            {"linkId": "g", "type": "group", "item": [{"linkId": "x", "type": "string"}]},
            {"linkId": "d", "type": "display", "text": "Read this"}
            """);

    assertThat(rules(form, answer("g", "\"valueString\": \"a\""))).containsExactly(FormIssue.TYPE);
    assertThat(rules(form, answer("d", "\"valueString\": \"a\""))).containsExactly(FormIssue.TYPE);
    assertThat(rules(form, "{\"linkId\": \"d\", \"text\": \"Read this\"}")).isEmpty();
  }

  @Test
  void structure() {
    Form form =
        form(
            """
            {"linkId": "g", "type": "group", "item": [
              {"linkId": "x", "type": "string", "item": [
                {"linkId": "x-help", "type": "display", "text": "How"}]}]},
            {"linkId": "y", "type": "string"}
            """);
    String a = "\"valueString\": \"a\"";

    assertThat(rules(form, answer("z", a))).containsExactly(FormIssue.UNKNOWN);
    assertThat(rules(form, "{\"answer\": [{" + a + "}]}")).containsExactly(FormIssue.UNKNOWN);
    assertThat(rules(form, answer("x", a))).containsExactly(FormIssue.MISPLACED);
    assertThat(rules(form, group("g", answer("y", a)))).containsExactly(FormIssue.MISPLACED);
    assertThat(rules(form, group("g", answer("x", a)), group("g")))
        .containsExactly(FormIssue.DUPLICATE);
    assertThat(rules(form, answer("y", a), answer("y", "\"valueString\": \"b\"")))
        .containsExactlyInAnyOrder(FormIssue.DUPLICATE, FormIssue.REPEATS);
    assertThat(rules(form, "{\"linkId\": \"y\", \"item\": [" + answer("x", a) + "]}"))
        .containsExactly(FormIssue.MISPLACED);
    assertThat(rules(form, answer("y", a + ", \"item\": [" + answer("x", a) + "]")))
        .containsExactly(FormIssue.MISPLACED);
    assertThat(rules(form, group("g", "{\"linkId\": \"x-help\", \"text\": \"How\"}"))).isEmpty();
    assertThat(issues(form, group("g", answer("x", a), answer("y", a))).get(0).path())
        .isEqualTo("QuestionnaireResponse.item[0].item[1]");
  }

  @Test
  void theFormItIsFor() {
    QuestionnaireResponse other = response("").setQuestionnaire(TestForms.URL + "|2.0.0");

    assertThat(CHECK.check(form("{\"linkId\": \"a\", \"type\": \"string\"}"), other, CONTEXT))
        .extracting(FormIssue::rule)
        .containsExactly(FormIssue.FORM);
  }

  @Test
  void required() {
    Form form =
        form(
            """
            {"linkId": "a", "type": "boolean", "required": true, "text": "Ready"},
            {"linkId": "g", "type": "group", "item": [
              {"linkId": "b", "type": "string", "required": true},
              {"linkId": "c", "type": "string"}]}
            """);
    String ready = answer("a", "\"valueBoolean\": false");
    String text = "\"valueString\": \"x\"";

    assertThat(rules(form, ready, group("g", answer("b", text)))).isEmpty();
    assertThat(issues(form))
        .extracting(FormIssue::message)
        .containsExactly(
            "\"Ready\" must be answered: fill it in", "\"b\" must be answered: fill it in");
    assertThat(issues(form, ready, group("g", answer("c", text))).get(0).path())
        .isEqualTo("QuestionnaireResponse.item[1]");
    assertThat(rules(form, ready, group("g", answer("b", "\"valueString\": \" \""))))
        .contains(FormIssue.REQUIRED, FormIssue.TYPE);
    assertThat(rules(form, ready, group("g", "{\"linkId\": \"b\", \"answer\": []}")))
        .containsExactly(FormIssue.REQUIRED);
  }

  @Test
  void requiredGroups() {
    Form form =
        form(
            """
            {"linkId": "g", "type": "group", "required": true, "item": [{"linkId": "a", "type": "string"}]},
            {"linkId": "r", "type": "group", "repeats": true, "required": true, "item": [
              {"linkId": "b", "type": "string", "required": true}, {"linkId": "c", "type": "string"}],
             "extension": [%s, %s]}
            """
                .formatted(
                    extension(Sdc.MIN_OCCURS, "\"valueInteger\": 2"),
                    extension(Sdc.MAX_OCCURS, "\"valueInteger\": 3")));
    String a = group("g", answer("a", "\"valueString\": \"x\""));
    String b = group("r", answer("b", "\"valueString\": \"x\""));
    String c = group("r", answer("c", "\"valueString\": \"x\""));

    assertThat(rules(form, a, b, b)).isEmpty();
    assertThat(rules(form, b, b)).containsExactly(FormIssue.REQUIRED);
    assertThat(rules(form, group("g"), b, b)).containsExactly(FormIssue.REQUIRED);
    assertThat(rules(form, a)).containsExactly(FormIssue.REQUIRED);
    assertThat(rules(form, a, b)).containsExactly(FormIssue.MIN_OCCURS);
    assertThat(rules(form, a, b, b, b, b)).containsExactly(FormIssue.MAX_OCCURS);
    assertThat(issues(form, a, b, c))
        .singleElement()
        .satisfies(issue -> assertThat(issue.path()).isEqualTo("QuestionnaireResponse.item[2]"));
  }

  @Test
  void limits() {
    Form form =
        form(
            """
            {"linkId": "i", "type": "integer", "extension": [%s, %s]},
            {"linkId": "d", "type": "decimal", "extension": [%s, %s, %s]},
            {"linkId": "t", "type": "date", "extension": [%s, %s]},
            {"linkId": "s", "type": "string", "maxLength": 3},
            {"linkId": "m", "type": "dateTime", "extension": [%s]}
            """
                .formatted(
                    extension(Sdc.MIN_VALUE, "\"valueInteger\": 0"),
                    extension(Sdc.MAX_VALUE, "\"valueInteger\": 10"),
                    extension(Sdc.MIN_VALUE, "\"valueDecimal\": 0.1"),
                    extension(Sdc.MAX_VALUE, "\"valueDecimal\": 15.0"),
                    extension(Sdc.MAX_DECIMAL_PLACES, "\"valueInteger\": 1"),
                    extension(Sdc.MIN_VALUE, "\"valueDate\": \"2026-01-01\""),
                    extension(Sdc.MAX_VALUE, "\"valueDate\": \"2026-12-31\""),
                    extension(Sdc.MIN_VALUE, "\"valueDate\": \"2026-01-01\"")));

    assertThat(rules(form, answer("i", "\"valueInteger\": 0"))).isEmpty();
    assertThat(rules(form, answer("i", "\"valueInteger\": 10"))).isEmpty();
    assertThat(rules(form, answer("i", "\"valueInteger\": -1")))
        .containsExactly(FormIssue.MIN_VALUE);
    assertThat(rules(form, answer("i", "\"valueInteger\": 11")))
        .containsExactly(FormIssue.MAX_VALUE);
    assertThat(rules(form, answer("d", "\"valueDecimal\": 0.1"))).isEmpty();
    assertThat(rules(form, answer("d", "\"valueDecimal\": 15.00"))).isEmpty();
    assertThat(rules(form, answer("d", "\"valueDecimal\": 0.09")))
        .containsExactly(FormIssue.MIN_VALUE, FormIssue.DECIMAL_PLACES);
    assertThat(rules(form, answer("d", "\"valueDecimal\": 15.01")))
        .containsExactly(FormIssue.MAX_VALUE, FormIssue.DECIMAL_PLACES);
    assertThat(rules(form, answer("d", "\"valueDecimal\": 2.50"))).isEmpty();
    assertThat(rules(form, answer("t", "\"valueDate\": \"2026-01-01\""))).isEmpty();
    assertThat(rules(form, answer("t", "\"valueDate\": \"2025-12-31\"")))
        .containsExactly(FormIssue.MIN_VALUE);
    assertThat(rules(form, answer("t", "\"valueDate\": \"2027-01-01\"")))
        .containsExactly(FormIssue.MAX_VALUE);
    assertThat(rules(form, answer("s", "\"valueString\": \"äöü\""))).isEmpty();
    assertThat(rules(form, answer("s", "\"valueString\": \"abcd\"")))
        .containsExactly(FormIssue.MAX_LENGTH);
    assertThat(rules(form, answer("m", "\"valueDateTime\": \"2026-01-01T00:00:00+05:00\"")))
        .isEmpty();
    assertThat(rules(form, answer("m", "\"valueDateTime\": \"2025-12-31T23:59:00Z\"")))
        .containsExactly(FormIssue.MIN_VALUE);
    assertThat(issues(form, answer("i", "\"valueInteger\": 11")).get(0).message())
        .isEqualTo("\"i\" must be 10 or less: check the value");
  }

  @Test
  void quantities() {
    String ml = "\"system\": \"http://unitsofmeasure.org\", \"code\": \"mL\"";
    Form form =
        form(
            """
            {"linkId": "q", "type": "quantity", "extension": [%s, %s, %s, %s]}
            """
                .formatted(
                    extension(
                        Sdc.UNIT_OPTION,
                        "\"valueCoding\": {" + ml + ", \"display\": \"millilitre\"}"),
                    extension(Sdc.UNIT_OPTION, "\"valueCoding\": {\"code\": \"drop\"}"),
                    extension(Sdc.MIN_QUANTITY, "\"valueQuantity\": {\"value\": 1, " + ml + "}"),
                    extension(
                        Sdc.MAX_QUANTITY,
                        "\"valueQuantity\": {\"value\": 8, \"unit\": \"mL\", " + ml + "}")));

    assertThat(rules(form, answer("q", "\"valueQuantity\": {\"value\": 8.0, " + ml + "}")))
        .isEmpty();
    assertThat(rules(form, answer("q", "\"valueQuantity\": {\"value\": 100, \"code\": \"drop\"}")))
        .isEmpty();
    assertThat(issues(form, answer("q", "\"valueQuantity\": {\"value\": 8.1, " + ml + "}")))
        .extracting(FormIssue::message)
        .containsExactly("\"q\" must be 8 mL or less: check the value");
    assertThat(rules(form, answer("q", "\"valueQuantity\": {\"value\": 0, " + ml + "}")))
        .containsExactly(FormIssue.MIN_VALUE);
    assertThat(issues(form, answer("q", "\"valueQuantity\": {\"value\": 2, \"code\": \"L\"}")))
        .extracting(FormIssue::message)
        .containsExactly("\"q\" must be given in one of these units: millilitre, drop");
    assertThat(rules(form, answer("q", "\"valueQuantity\": {" + ml + "}")))
        .containsExactly(FormIssue.TYPE);
  }

  @Test
  void constraints() {
    Form form =
        form(
            "\"extension\": ["
                + constraint(
                    "order",
                    "error",
                    "item.where(linkId = 'a').answer.value <= item.where(linkId = 'b').answer.value")
                + "],",
            """
            {"linkId": "a", "type": "date", "extension": [%s, %s]},
            {"linkId": "b", "type": "date"},
            {"linkId": "g", "type": "group", "repeats": true, "extension": [%s], "item": [
              {"linkId": "n", "type": "integer"}]}
            """
                .formatted(
                    constraint("past", "error", "answer.value <= %today"),
                    constraint(
                        "recent",
                        "warning",
                        "answer.value.daysUntil(%today) < 28 and %context.linkId = 'a' and %resource.item.exists()"),
                    constraint(
                        "even", "error", "item.where(linkId = 'n').answer.value mod 2 = 0")));
    String today = "\"valueDate\": \"2026-03-01\"";

    assertThat(rules(form, answer("a", today), answer("b", today))).isEmpty();
    assertThat(issues(form, answer("a", "\"valueDate\": \"2026-03-02\""), answer("b", today)))
        .extracting(FormIssue::rule, FormIssue::linkId, FormIssue::message)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("past", "a", "Rule past."),
            org.assertj.core.groups.Tuple.tuple("order", null, "Rule order."));
    assertThat(issues(form, answer("a", "\"valueDate\": \"2026-01-01\""), answer("b", today)))
        .singleElement()
        .satisfies(issue -> assertThat(issue.isError()).isFalse());
    assertThat(rules(form)).as("empty is not true").containsExactly("order");
    assertThat(
            issues(
                form,
                answer("a", today),
                answer("b", today),
                group("g", answer("n", "\"valueInteger\": 2")),
                group("g", answer("n", "\"valueInteger\": 3"))))
        .extracting(FormIssue::path)
        .containsExactly("QuestionnaireResponse.item[3]");
  }

  @Test
  void aConstraintCanMarkAnotherItem() {
    String marked =
        constraint("order", "error", "false")
            .replace(
                "\"extension\": [",
                "\"extension\": [{\"url\": \"location\", \"valueString\": \"item.where(linkId = 'g').item.where(linkId = 'b')\"},");
    Form form =
        form(
            "\"extension\": [" + marked + "],",
            """
            {"linkId": "g", "type": "group", "item": [{"linkId": "b", "type": "string"}]}
            """);

    assertThat(issues(form, group("g", answer("b", "\"valueString\": \"x\""))))
        .extracting(FormIssue::linkId, FormIssue::path)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("b", "QuestionnaireResponse.item[0].item[0]"));
    assertThat(issues(form)).extracting(FormIssue::linkId).containsOnlyNulls();
  }

  @Test
  void aConstraintThatFailsOnOddAnswersIsAnIssueAndNoException() {
    Form form =
        form(
            """
            {"linkId": "a", "type": "integer", "extension": [%s]}
            """
                .formatted(constraint("big", "error", "answer.value + 1 > 2")));

    assertThat(rules(form, answer("a", "\"valueString\": \"x\"")))
        .containsExactly(FormIssue.TYPE, FormIssue.CONSTRAINT);
  }
}
