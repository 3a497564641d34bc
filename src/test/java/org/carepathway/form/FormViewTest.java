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

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.junit.jupiter.api.Test;

class FormViewTest {

  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final String C1 = "\"valueCoding\": {\"system\": \"http://x\", \"code\": \"c1\"}";

  private static FormView view(Form form, String... items) {
    return FormView.of(form, response(String.join(",", items)), List.of(), PARIS);
  }

  private static FieldView field(String item, String... answers) {
    return (FieldView) view(form(item), answers).nodes().get(0);
  }

  private static String item(String type, String more) {
    return "{\"linkId\": \"a\", \"type\": \"%s\" %s}".formatted(type, more);
  }

  @Test
  void kindsOfInputs() {
    assertThat(field(item("boolean", "")).kind()).isEqualTo("radio");
    assertThat(field(item("integer", "")).kind()).isEqualTo("integer");
    assertThat(field(item("decimal", "")).kind()).isEqualTo("number");
    assertThat(field(item("date", "")).kind()).isEqualTo("date");
    assertThat(field(item("dateTime", "")).kind()).isEqualTo("datetime");
    assertThat(field(item("string", "")).kind()).isEqualTo("text");
    assertThat(field(item("text", "")).kind()).isEqualTo("textarea");
    assertThat(field(item("quantity", "")).kind()).isEqualTo("quantity");
    String ten = ", \"answerValueSet\": \"http://vs/ten\"";
    assertThat(field(item("choice", ten)).kind()).isEqualTo("select");
    assertThat(field(item("choice", ten + control("radio-button"))).kind()).isEqualTo("radio");
    assertThat(field(item("choice", ten + ", \"repeats\": true")).kind()).isEqualTo("checkboxes");
    String one = ", \"answerOption\": [{" + C1 + "}]";
    assertThat(field(item("choice", one)).kind()).isEqualTo("radio");
    assertThat(field(item("open-choice", one)).kind()).isEqualTo("radio");
    assertThat(field(item("choice", one + control("drop-down"))).kind()).isEqualTo("select");
    assertThat(field(item("string", control("text-area"))).kind()).isEqualTo("textarea");
    assertThat(field(item("string", ", \"readOnly\": true")).kind()).isEqualTo("fixed");
    String hidden = ", \"extension\": [" + extension(Sdc.HIDDEN, "\"valueBoolean\": true") + "]";
    assertThat(field(item("string", hidden)).kind()).isEqualTo("hidden");
  }

  @Test
  void fewWholeNumbersAreButtons() {
    FieldView pain = field(item("integer", bounds(0, 10)), answer("a", "\"valueInteger\": 7"));
    assertThat(pain.kind()).isEqualTo("scale");
    assertThat(pain.choices().options()).hasSize(12);
    assertThat(pain.choices().options())
        .filteredOn(FieldView.Option::selected)
        .extracting(FieldView.Option::value)
        .containsExactly("7");
    FieldView required = field(item("integer", ", \"required\": true" + bounds(1, 5)));
    assertThat(required.choices().options())
        .extracting(FieldView.Option::value)
        .containsExactly("1", "2", "3", "4", "5");
    assertThat(required.several()).isTrue();
  }

  /** An annotation is a word beside the number; a unit, also one without a code, is measured. */
  @Test
  void aScoreIsAScaleAndAMeasureIsNone() {
    assertThat(field(item("integer", bounds(0, 10, "\"code\": \"{score}\""))).kind())
        .isEqualTo("scale");
    assertThat(field(item("integer", bounds(0, 10, "\"code\": \"mL\""))).kind())
        .isEqualTo("integer");
    assertThat(field(item("integer", bounds(10, 15, "\"display\": \"G\""))).kind())
        .isEqualTo("integer");
  }

  private static String bounds(int min, int max, String unit) {
    return bounds(min, max)
        .replaceFirst("]$", ", " + extension(Sdc.UNIT, "\"valueCoding\": {" + unit + "}") + "]");
  }

  @Test
  void aNumberThatIsOnNoButtonStaysToBeSeen() {
    FieldView odd = field(item("integer", bounds(0, 10)), answer("a", "\"valueInteger\": 11"));
    assertThat(odd.kind()).isEqualTo("integer");
    assertThat(odd.answer().value()).isEqualTo("11");
    assertThat(field(item("integer", bounds(0, 30))).kind()).isEqualTo("integer");
  }

  @Test
  void oneButtonTicksAllWhereTheFormSaysSo() {
    String ten = ", \"answerValueSet\": \"http://vs/ten\", \"repeats\": true";
    assertThat(field(item("choice", ten + control("check-all"))).choices().all()).isTrue();
    assertThat(field(item("choice", ten)).choices().all()).isFalse();
  }

  private static String bounds(int min, int max) {
    return ", \"extension\": [%s, %s]"
        .formatted(
            extension(Sdc.MIN_VALUE, "\"valueInteger\": " + min),
            extension(Sdc.MAX_VALUE, "\"valueInteger\": " + max));
  }

  private static String control(String code) {
    String concept = "\"valueCodeableConcept\": {\"coding\": [{\"code\": \"" + code + "\"}]}";
    return ", \"extension\": [" + extension(Sdc.CONTROL, concept) + "]";
  }

  @Test
  void valuesAsInputsHoldThem() {
    assertThat(field(item("integer", ""), answer("a", "\"valueInteger\": 7")).answer().value())
        .isEqualTo("7");
    assertThat(field(item("decimal", ""), answer("a", "\"valueDecimal\": 2.50")).answer().value())
        .isEqualTo("2.50");
    assertThat(
            field(item("date", ""), answer("a", "\"valueDate\": \"2026-03-01\"")).answer().value())
        .isEqualTo("2026-03-01");
    assertThat(
            field(item("dateTime", ""), answer("a", "\"valueDateTime\": \"2026-03-01T23:30:00Z\""))
                .answer()
                .value())
        .isEqualTo("2026-03-02T00:30");
    assertThat(field(item("string", ""), answer("a", "\"valueString\": \"x\"")).answer().value())
        .isEqualTo("x");
    assertThat(field(item("string", "")).answer().value()).isEmpty();
    assertThat(
            field(item("quantity", ""), answer("a", "\"valueQuantity\": {\"value\": 3.5}"))
                .answer()
                .value())
        .isEqualTo("3.5");
  }

  @Test
  void aDateThatAnInputCannotHoldIsText() {
    assertThat(field(item("date", ""), answer("a", "\"valueDate\": \"2026-03\"")))
        .extracting(FieldView::kind, field -> field.answer().value())
        .containsExactly("text", "2026-03");
    assertThat(field(item("dateTime", ""), answer("a", "\"valueDateTime\": \"2026-03-01\"")))
        .extracting(FieldView::kind, field -> field.answer().value())
        .containsExactly("text", "2026-03-01");
  }

  @Test
  void optionsOfChoices() {
    FieldView select =
        field(item("choice", ", \"answerValueSet\": \"http://vs/ten\""), answer("a", C1));
    assertThat(select.choices().options()).hasSize(11);
    assertThat(select.choices().options().get(0).label()).isEqualTo("Choose");
    assertThat(select.choices().options())
        .filteredOn(FieldView.Option::selected)
        .extracting(FieldView.Option::code)
        .containsExactly("c1");
    assertThat(field(item("boolean", "")).choices().options())
        .extracting(FieldView.Option::label)
        .containsExactly("No answer", "Yes", "No");
    assertThat(field(item("boolean", ", \"required\": true")).choices().options())
        .extracting(FieldView.Option::value)
        .containsExactly("true", "false");
    assertThat(
            field(item("boolean", ""), answer("a", "\"valueBoolean\": false")).choices().options())
        .filteredOn(FieldView.Option::selected)
        .extracting(FieldView.Option::value)
        .containsExactly("false");
    FieldView open =
        field(
            item("open-choice", ", \"answerValueSet\": \"http://vs/ten\""),
            answer("a", "\"valueString\": \"mine\""));
    assertThat(open.choices().other()).isEqualTo("mine");
    assertThat(select.choices().other()).isNull();
  }

  @Test
  void readingOfWhatIsFixed() {
    String fixed = ", \"readOnly\": true";
    String unit =
        ", \"extension\": ["
            + extension(Sdc.UNIT, "\"valueCoding\": {\"code\": \"mm[Hg]\", \"display\": \"mmHg\"}")
            + "]";
    assertThat(
            field(item("boolean", fixed), answer("a", "\"valueBoolean\": true")).answer().shown())
        .isEqualTo("Yes");
    assertThat(
            field(item("integer", fixed + unit), answer("a", "\"valueInteger\": 120"))
                .answer()
                .shown())
        .isEqualTo("120 mmHg");
    assertThat(
            field(
                    item("dateTime", fixed),
                    answer("a", "\"valueDateTime\": \"2026-03-01T09:05:00Z\""))
                .answer()
                .shown())
        .isEqualTo("1 Mar 2026, 10:05");
    FieldView choice =
        field(item("choice", fixed + ", \"answerValueSet\": \"http://vs/ten\""), answer("a", C1));
    assertThat(choice.answer().shown()).isEqualTo("Code 1");
    assertThat(choice.answer().values()).isEqualTo("[\"c1\"]");
    assertThat(
            field(
                    item("quantity", fixed),
                    answer("a", "\"valueQuantity\": {\"value\": 3.5, \"unit\": \"mL\"}"))
                .answer()
                .shown())
        .isEqualTo("3.5 mL");
    assertThat(field(item("string", fixed)).answer().values()).isEqualTo("[]");
  }

  @Test
  void boundsOfDatesOnly() {
    FieldView decimal =
        field(
            item(
                "decimal",
                ", \"extension\": [%s]"
                    .formatted(extension(Sdc.MAX_VALUE, "\"valueDecimal\": 15"))));
    assertThat(decimal.bounds().max()).isNull();
    FieldView moment =
        field(
            item(
                "dateTime",
                ", \"extension\": [%s]"
                    .formatted(extension(Sdc.MAX_VALUE, "\"valueDate\": \"2026-12-31\""))));
    assertThat(moment.bounds().max()).isEqualTo("2026-12-31T23:59");
    assertThat(field(item("string", ", \"maxLength\": 9")).bounds().maxLength()).isEqualTo(9);
  }

  private static final Form NESTED =
      form(
          """
          {"linkId": "levels", "type": "group", "text": "Level", "repeats": true, "required": true,
           "extension": [%s], "item": [
            {"linkId": "level", "type": "string", "required": true},
            {"linkId": "inner", "type": "group", "item": [
              {"linkId": "leaks", "type": "group", "repeats": true, "item": [
                {"linkId": "grade", "type": "integer", "required": true}]}]}]},
          {"linkId": "end", "type": "string", "required": true}
          """
              .formatted(extension(Sdc.MAX_OCCURS, "\"valueInteger\": 3")));

  @Test
  void namesOfRepetitions() {
    FormView view =
        view(
            NESTED,
            group("levels", answer("level", "\"valueString\": \"L1\"")),
            group(
                "levels",
                group(
                    "inner",
                    group("leaks", answer("grade", "\"valueInteger\": 1")),
                    group("leaks", answer("grade", "\"valueInteger\": 2")))));

    GroupView levels = (GroupView) view.nodes().get(0);
    assertThat(levels.repetitions())
        .extracting(GroupView.Repetition::name)
        .containsExactly("levels[0]", "levels[1]");
    assertThat(levels.more().max()).isEqualTo(3);
    assertThat(levels.more().token()).isEqualTo("__0__");
    assertThat(levels.more().blank().name()).isEqualTo("levels[__0__]");
    FieldView level = (FieldView) levels.repetitions().get(0).nodes().get(0);
    assertThat(level.name()).isEqualTo("levels[0].level");
    assertThat(level.id()).isEqualTo("f-levels-0--level");
    assertThat(level.required()).isTrue();
    assertThat(level.enforced()).as("a repetition may be left blank").isFalse();
    assertThat(((FieldView) view.nodes().get(1)).enforced()).isTrue();
    GroupView leaks = leaks(levels.repetitions().get(1));
    assertThat(leaks.repetitions())
        .extracting(GroupView.Repetition::name)
        .containsExactly("levels[1].leaks[0]", "levels[1].leaks[1]");
    assertThat(((FieldView) leaks.repetitions().get(1).nodes().get(0)).answer().value())
        .isEqualTo("2");
    assertThat(leaks(levels.more().blank()).more().blank().name())
        .isEqualTo("levels[__0__].leaks[__1__]");
    assertThat(leaks(levels.more().blank()).repetitions()).as("one to type into").hasSize(1);
  }

  private static GroupView leaks(GroupView.Repetition level) {
    GroupView inner = (GroupView) level.nodes().get(1);
    return (GroupView) inner.repetitions().get(0).nodes().get(0);
  }

  @Test
  void aReadOnlyGroupCannotGrow() {
    Form form =
        form(
            "{\"linkId\": \"g\", \"type\": \"group\", \"repeats\": true, \"readOnly\": true, \"item\": [{\"linkId\": \"x\", \"type\": \"string\"}]}");

    GroupView empty = (GroupView) view(form).nodes().get(0);
    assertThat(empty.repeats()).isFalse();
    assertThat(empty.repetitions()).isEmpty();
    GroupView one =
        (GroupView) view(form, group("g", answer("x", "\"valueString\": \"v\""))).nodes().get(0);
    assertThat(((FieldView) one.repetitions().get(0).nodes().get(0)).kind()).isEqualTo("fixed");
  }

  @Test
  void conditionsAsJson() {
    Form form =
        form(
            """
            {"linkId": "c", "type": "choice", "answerValueSet": "http://vs/ten"},
            {"linkId": "q", "type": "quantity"},
            {"linkId": "x", "type": "string", "required": true, "enableBehavior": "any", "enableWhen": [
              {"question": "c", "operator": "=", "answerCoding": {"system": "http://x", "code": "c1"}},
              {"question": "q", "operator": ">", "answerQuantity": {"value": 5, "code": "mL"}}]}
            """);

    FieldView x = (FieldView) view(form).nodes().get(2);
    assertThat(x.enforced()).isFalse();
    assertThat(x.enableWhen())
        .isEqualTo(
            "{\"all\":false,\"when\":[{\"question\":\"c\",\"operator\":\"=\",\"number\":false,\"answer\":\"c1\",\"unit\":null},"
                + "{\"question\":\"q\",\"operator\":\">\",\"number\":true,\"answer\":\"5\",\"unit\":\"mL\"}]}");
  }

  @Test
  void issuesStandAtTheirFields() {
    Form form =
        form(
            "\"extension\": ["
                + constraint("whole", "error", "false")
                + ","
                + constraint("hint", "warning", "false")
                + "],",
            """
            {"linkId": "r", "type": "group", "repeats": true, "item": [
              {"linkId": "a", "type": "integer", "required": true}, {"linkId": "b", "type": "integer"}]},
            {"linkId": "g", "type": "group", "item": [{"linkId": "c", "type": "string", "required": true}]}
            """);
    QuestionnaireResponse response =
        response(
            group("r", answer("a", "\"valueInteger\": 1"))
                + ","
                + group("r", answer("b", "\"valueString\": \"x\""))
                + ","
                + answer("zzz", "\"valueInteger\": 1"));

    FormView view =
        FormView.of(form, response, new AnswerCheck(PATHS).check(form, response, CONTEXT), PARIS);

    GroupView r = (GroupView) view.nodes().get(0);
    assertThat(errors(r.repetitions().get(0), 0)).isEmpty();
    assertThat(errors(r.repetitions().get(1), 0))
        .containsExactly("\"a\" must be answered: fill it in");
    assertThat(errors(r.repetitions().get(1), 1)).hasSize(1);
    assertThat(errors(r.more().blank(), 0)).isEmpty();
    assertThat(errors(((GroupView) view.nodes().get(1)).repetitions().get(0), 0)).hasSize(1);
    assertThat(view.errors())
        .containsExactly("The form has no item 'zzz': leave it out", "Rule whole.");
    assertThat(view.warnings()).containsExactly("Rule hint.");
    FieldView missing = (FieldView) r.repetitions().get(1).nodes().get(0);
    assertThat(missing.describedBy()).isEqualTo("f-r-1--a-messages");
  }

  private static List<String> errors(GroupView.Repetition repetition, int index) {
    return ((FieldView) repetition.nodes().get(index)).remarks().errors();
  }

  @Test
  void whatCouldNotBeReadIsShownAsItWasTyped() {
    Form form =
        form(
            "{\"linkId\": \"r\", \"type\": \"group\", \"repeats\": true, \"item\": [{\"linkId\": \"a\", \"type\": \"integer\", \"text\": \"Age\"}]}");
    Posted posted = FormPost.read(form, Map.of("r[4].a", List.of("seven")), null, PARIS, form);

    GroupView r = (GroupView) FormView.of(form, posted, posted.issues(), PARIS).nodes().get(0);

    FieldView age = (FieldView) r.repetitions().get(0).nodes().get(0);
    assertThat(age)
        .extracting(FieldView::kind, field -> field.answer().value())
        .containsExactly("integer", "seven");
    assertThat(age.remarks().errors()).containsExactly("\"Age\" must be a whole number such as 7");
  }
}
