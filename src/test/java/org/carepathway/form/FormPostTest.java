package org.carepathway.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carepathway.form.TestForms.CONTEXT;
import static org.carepathway.form.TestForms.PATHS;
import static org.carepathway.form.TestForms.answer;
import static org.carepathway.form.TestForms.extension;
import static org.carepathway.form.TestForms.form;
import static org.carepathway.form.TestForms.group;
import static org.carepathway.form.TestForms.items;
import static org.carepathway.form.TestForms.response;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormPostTest {

  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

  private static final Form EVERY_TYPE =
      form(
          """
          {"linkId": "b", "type": "boolean"}, {"linkId": "i", "type": "integer"},
          {"linkId": "d", "type": "decimal"}, {"linkId": "t", "type": "date"},
          {"linkId": "m", "type": "dateTime"}, {"linkId": "s", "type": "string"},
          {"linkId": "x", "type": "text"},
          {"linkId": "c", "type": "choice", "answerValueSet": "http://vs/ten"},
          {"linkId": "o", "type": "open-choice", "answerValueSet": "http://vs/ten"},
          {"linkId": "many", "type": "choice", "repeats": true, "answerValueSet": "http://vs/ten"},
          {"linkId": "q", "type": "quantity", "extension": [%s, %s]},
          {"linkId": "r", "type": "group", "repeats": true, "item": [
            {"linkId": "level", "type": "string"},
            {"linkId": "in", "type": "group", "item": [
              {"linkId": "leak", "type": "group", "repeats": true, "item": [
                {"linkId": "grade", "type": "integer"}]}]}]},
          {"linkId": "note", "type": "display", "text": "x"}
          """
              .formatted(
                  extension(
                      Sdc.UNIT_OPTION,
                      "\"valueCoding\": {\"system\": \"http://unitsofmeasure.org\", \"code\": \"mL\", \"display\": \"millilitre\"}"),
                  extension(
                      Sdc.UNIT_OPTION,
                      "\"valueCoding\": {\"system\": \"http://unitsofmeasure.org\", \"code\": \"L\"}")));

  private static Posted post(Form form, QuestionnaireResponse prefilled, String... namesAndValues) {
    Map<String, List<String>> parameters = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parameters
          .computeIfAbsent(namesAndValues[i], name -> new ArrayList<>())
          .add(namesAndValues[i + 1]);
    }
    return FormPost.read(form, parameters, prefilled, PARIS, form);
  }

  private static String posted(String... namesAndValues) {
    Posted posted = post(EVERY_TYPE, null, namesAndValues);
    assertThat(posted.issues()).isEmpty();
    return items(posted.response());
  }

  /** A page shows minutes of the site: what is not touched there is not rounded by it. */
  @Test
  void aMomentThatNobodyChangedKeepsItsSecondsAndItsOffset() {
    String known = "\"valueDateTime\": \"2026-03-01T09:12:33Z\"";
    QuestionnaireResponse before = response(answer("m", known));
    assertThat(items(post(EVERY_TYPE, before, "m", "2026-03-01T10:12").response()))
        .contains("2026-03-01T09:12:33Z");
    assertThat(items(post(EVERY_TYPE, before, "m", "2026-03-01T10:13").response()))
        .contains("2026-03-01T10:13:00+01:00");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "b | true | \"valueBoolean\":true",
        "b | false | \"valueBoolean\":false",
        "i | 7 | \"valueInteger\":7",
        "i | -2147483648 | \"valueInteger\":-2147483648",
        "d | 2.50 | \"valueDecimal\":2.50",
        "d | 2,5 | \"valueDecimal\":2.5",
        "d | -0.1 | \"valueDecimal\":-0.1",
        "t | 2026-02-28 | \"valueDate\":\"2026-02-28\"",
        "t | 2026-02 | \"valueDate\":\"2026-02\"",
        "m | 2026-01-31T14:30 | \"valueDateTime\":\"2026-01-31T14:30:00+01:00\"",
        "m | 2026-07-31T14:30:15 | \"valueDateTime\":\"2026-07-31T14:30:15+02:00\"",
        "m | 2026-07-31T14:30:00Z | \"valueDateTime\":\"2026-07-31T14:30:00Z\"",
        "s | a <b> & \"c\" | \"valueString\":\"a <b> & \\\"c\\\"\"",
        "c | c3 | \"valueCoding\":{\"system\":\"http://x\",\"code\":\"c3\",\"display\":\"Code 3\"}",
        "o | c3 | \"valueCoding\":{\"system\":\"http://x\",\"code\":\"c3\",\"display\":\"Code 3\"}",
        "o@other | free | \"valueString\":\"free\"",
        "q | 3.5 | \"valueQuantity\":{\"value\":3.5,\"unit\":\"millilitre\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"mL\"}",
      })
  void everyType(String name, String text, String answer) {
    String linkId = name.replaceFirst("@.*", "");
    assertThat(posted(name, text))
        .isEqualTo("[{\"linkId\":\"" + linkId + "\",\"answer\":[{" + answer + "}]}]");
  }

  @Test
  void severalAnswersAndUnits() {
    assertThat(posted("many", "c1", "many", "c2")).contains("\"c1\"", "\"c2\"");
    assertThat(posted("q", "1", "q@unit", "L")).contains("\"value\":1,\"unit\":\"L\"");
    assertThat(posted("x", " line 1\r\nline 2 \r\n"))
        .contains("\"valueString\":\"line 1\\nline 2\"");
  }

  @Test
  void emptyFieldsAreNoAnswers() {
    assertThat(
            posted(
                "b",
                "",
                "i",
                " ",
                "s",
                "\t",
                "c",
                "",
                "o@other",
                "",
                "q",
                "",
                "q@unit",
                "mL",
                "r[0]",
                "1",
                "r[0].level",
                ""))
        .isEqualTo("[]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "b | maybe | yes or no",
        "i | 7.5 | whole number",
        "i | 2147483648 | whole number",
        "i | 99999999999999999999 | whole number",
        "d | 2;5 | must be a number",
        "d | 1e999999999 | must be a number",
        "d | NaN | must be a number",
        "t | 2026-02-30 | no date of the calendar",
        "t | 28.02.2026 | must be a date",
        "m | 2026-01-31 | date and time",
        "m | 2026-13-31T10:00 | date and time",
        "m | +999999999-01-01T00:00 | date and time",
        "m | 2026-01-31T10:00+99:00 | date and time",
        "c | c99 | no such option",
        "q | many | must be a number",
      })
  void whatCannotBeReadIsAnIssueAndIsShownAgain(String name, String text, String reason) {
    Posted posted = post(EVERY_TYPE, null, name, text);

    assertThat(posted.issues())
        .singleElement()
        .satisfies(
            issue -> {
              assertThat(issue.message()).startsWith("\"" + name + "\" ").contains(reason);
              assertThat(issue.linkId()).isEqualTo(name);
              assertThat(issue.path()).isEqualTo("QuestionnaireResponse");
            });
    assertThat(posted.unreadable()).containsEntry(name, text);
    assertThat(items(posted.response())).isEqualTo("[]");
  }

  @Test
  void anUnknownUnitOrACharacterThatCannotBeStored() {
    assertThat(post(EVERY_TYPE, null, "q", "1", "q@unit", "kg").issues().get(0).message())
        .contains("no such unit");
    assertThat(post(EVERY_TYPE, null, "s", "a\u0000b").issues().get(0).message())
        .contains("cannot be stored");
    assertThat(post(EVERY_TYPE, null, "s", "a\uD800b").issues()).hasSize(1);
    assertThat(posted("s", "emoji \uD83D\uDE00")).contains("\uD83D\uDE00");
    assertThat(post(EVERY_TYPE, null, "s", "a".repeat(100_001)).issues().get(0).message())
        .contains("too long");
  }

  @Test
  void repetitionsAreReadByTheirNumberAndClosedUp() {
    Posted posted =
        post(
            EVERY_TYPE,
            null,
            "r[7].level",
            "L7",
            "r[0].level",
            "L0",
            "r[3].level",
            "",
            "r[12].level",
            "L12",
            "r[7].leak[2].grade",
            "1",
            "r[7].leak[9].grade",
            "x",
            "r[x].level",
            "no",
            "r[-1].level",
            "no",
            "r[99999999].level",
            "no");

    assertThat(posted.response().getItem()).hasSize(3);
    assertThat(items(posted.response()))
        .containsSubsequence("L0", "L7", "\"linkId\":\"in\"", "\"valueInteger\":1", "L12")
        .doesNotContain("no");
    assertThat(posted.unreadable()).containsOnlyKeys("r[1].leak[1].grade");
    assertThat(posted.issues().get(0).path())
        .isEqualTo("QuestionnaireResponse.item[1].item[1].item[1]");
  }

  private static final Form LOCKED =
      form(
          """
          {"linkId": "id", "type": "string", "readOnly": true},
          {"linkId": "go", "type": "boolean"},
          {"linkId": "why", "type": "string", "readOnly": true, "enableWhen": [
            {"question": "go", "operator": "=", "answerBoolean": true}]},
          {"linkId": "because", "type": "string", "readOnly": true, "enableWhen": [
            {"question": "why", "operator": "exists", "answerBoolean": true}]},
          {"linkId": "typed", "type": "string", "enableWhen": [
            {"question": "go", "operator": "=", "answerBoolean": true}]},
          {"linkId": "r", "type": "group", "repeats": true, "item": [
            {"linkId": "level", "type": "string", "readOnly": true, "initial": [{"valueString": "new"}]},
            {"linkId": "volume", "type": "decimal"}]},
          {"linkId": "fixed", "type": "group", "repeats": true, "readOnly": true, "item": [
            {"linkId": "f", "type": "string"}]}
          """);

  private static final QuestionnaireResponse PREFILLED =
      response(
          String.join(
              ",",
              answer("id", "\"valueString\": \"1\""),
              answer("why", "\"valueString\": \"w\""),
              answer("because", "\"valueString\": \"b\""),
              group("r", answer("level", "\"valueString\": \"L1\"")),
              group("r", answer("level", "\"valueString\": \"L2\"")),
              group("fixed", answer("f", "\"valueString\": \"f1\""))));

  @Test
  void whatTheServiceSetsIsNeverReadFromTheBrowser() {
    Posted posted =
        post(
            LOCKED,
            PREFILLED,
            "id",
            "2",
            "go",
            "true",
            "fixed[0].f",
            "x",
            "fixed[1].f",
            "y",
            "r[1].level",
            "L9",
            "r[1].volume",
            "2.0",
            "r[1]",
            "1",
            "r[5].volume",
            "3");

    assertThat(items(posted.response()))
        .contains("\"1\"", "\"w\"", "\"b\"", "\"f1\"", "\"L2\"", "\"new\"")
        .doesNotContain("L1", "L9", "\"x\"", "\"y\"", "\"2\"");
    assertThat(new AnswerCheck(PATHS).check(LOCKED, posted.response(), PREFILLED, CONTEXT))
        .isEmpty();
  }

  @Test
  void arepetitionWithoutAnythingTypedStaysWhenItIsOnThePage() {
    assertThat(items(post(LOCKED, PREFILLED, "r[0]", "1").response()))
        .contains("L1")
        .doesNotContain("L2");
  }

  @Test
  void whatTheServiceSetInItemsThatAreNotAskedIsTakenOut() {
    Posted posted = post(LOCKED, PREFILLED, "go", "false");

    assertThat(items(posted.response())).contains("\"1\"").doesNotContain("\"w\"", "\"b\"");
    assertThat(new AnswerCheck(PATHS).check(LOCKED, posted.response(), PREFILLED, CONTEXT))
        .isEmpty();
  }

  @Test
  void whatAPersonTypedInItemsThatAreNotAskedIsReported() {
    Posted posted = post(LOCKED, PREFILLED, "go", "false", "typed", "x");

    assertThat(new AnswerCheck(PATHS).check(LOCKED, posted.response(), PREFILLED, CONTEXT))
        .extracting(FormIssue::rule)
        .containsExactly(FormIssue.DISABLED);
  }

  @Test
  void anUnreadableFieldIsNotMissingToo() {
    Form form =
        form(
            "{\"linkId\": \"i\", \"type\": \"integer\", \"required\": true}, {\"linkId\": \"j\", \"type\": \"integer\", \"required\": true}");
    Posted posted = post(form, null, "i", "x");

    assertThat(posted.issuesAnd(new AnswerCheck(PATHS).check(form, posted.response(), CONTEXT)))
        .extracting(issue -> issue.linkId() + " " + issue.rule())
        .containsExactly("i answer-type", "j required");
  }

  @Test
  void codesThatClashCarryTheirSystem() {
    Form form =
        form(
            """
            {"linkId": "c", "type": "choice", "answerOption": [
              {"valueCoding": {"system": "http://x", "code": "1"}},
              {"valueCoding": {"system": "http://y", "code": "1"}}]}
            """);

    assertThat(items(post(form, null, "c", "http://y|1").response())).contains("http://y");
    assertThat(post(form, null, "c", "1").issues()).hasSize(1);
  }

  /** Random names and texts: it may find issues, it may not throw, and nothing unsound passes. */
  @Test
  void garbageNeverThrows() {
    Random random = new Random(20260301);
    AnswerCheck check = new AnswerCheck(PATHS);
    for (int run = 0; run < 3_000; run++) {
      Form form = run % 2 == 0 ? EVERY_TYPE : LOCKED;
      Map<String, List<String>> parameters = new HashMap<>();
      int size = random.nextInt(12);
      for (int i = 0; i < size; i++) {
        parameters.put(name(random, form), texts(random));
      }
      QuestionnaireResponse prefilled = random.nextBoolean() ? PREFILLED : null;

      Posted posted = FormPost.read(form, parameters, prefilled, PARIS, form);
      List<FormIssue> issues =
          posted.issuesAnd(check.check(form, posted.response(), prefilled, CONTEXT));
      FormView view = FormView.of(form, posted, issues, PARIS);

      assertThat(view.nodes()).isNotEmpty();
      TestForms.parse(QuestionnaireResponse.class, TestForms.json(posted.response()));
    }
  }

  private static String name(Random random, Form form) {
    List<String> names =
        new ArrayList<>(List.of("", "[", "].", "r[", "r[0]", "r[].level", "@unit", "\u0000"));
    form.items().forEach(item -> names.add(item.linkId()));
    String name = pick(random, names);
    return switch (random.nextInt(8)) {
      case 0 -> name + "[" + random.nextInt() + "]";
      case 1 -> name + "@" + pick(random, List.of("unit", "other", ""));
      case 2 -> "r[" + random.nextInt(3) + "].leak[" + random.nextInt(3) + "].grade";
      case 3 -> "r[" + random.nextInt(3) + "]." + pick(random, List.of("level", "volume", "in"));
      default -> name;
    };
  }

  private static List<String> texts(Random random) {
    List<String> pool =
        Arrays.asList(
            null,
            "",
            " ",
            "true",
            "1",
            "-1",
            "1.5",
            "1e9",
            "NaN",
            "0000-00-00",
            "2026-02-29",
            "2024-02-29",
            "0001-01-01",
            "9999-12-31",
            "1800-01-01T00:00",
            "0000-01-01T00:00",
            "2026-03-29T02:30",
            "2026-10-25T02:30",
            "2026-01-01T00:00:00.123456789+14:00",
            "2026-01-01T00:00+18:00",
            "2026-01-01T24:00",
            "c1",
            "c99",
            "http://x|c1",
            "<script>",
            "\u0000",
            "\uDFFF",
            "\u202E",
            "𝟙𝟚",
            "١٢",
            "'; drop table",
            "%record",
            "{{%patient.id}}",
            "a".repeat(5000));
    List<String> texts = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      texts.add(pick(random, pool));
    }
    return texts;
  }

  private static String pick(Random random, List<String> pool) {
    return pool.get(random.nextInt(pool.size()));
  }
}
