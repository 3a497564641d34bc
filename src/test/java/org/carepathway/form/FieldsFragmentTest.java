package org.carepathway.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carepathway.form.TestForms.CONTEXT;
import static org.carepathway.form.TestForms.PATHS;
import static org.carepathway.form.TestForms.answer;
import static org.carepathway.form.TestForms.extension;
import static org.carepathway.form.TestForms.form;
import static org.carepathway.form.TestForms.group;
import static org.carepathway.form.TestForms.response;

import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.junit.jupiter.api.Test;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

class FieldsFragmentTest {

  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final SpringTemplateEngine ENGINE = engine();

  /** Every type, a help text, a hidden and a read-only item, conditions and nested repetitions. */
  static final Form EVERYTHING =
      form(
          """
          {"linkId": "intro", "type": "display", "text": "Read <this> first"},
          {"linkId": "b", "type": "boolean", "text": "Walks?", "required": true},
          {"linkId": "i", "type": "integer", "text": "Pain", "extension": [%1$s, %2$s, %3$s], "item": [
            {"linkId": "i-help", "type": "display", "text": "0 to 10"}]},
          {"linkId": "d", "type": "decimal", "text": "Volume"},
          {"linkId": "t", "type": "date", "text": "Onset"},
          {"linkId": "m", "type": "dateTime", "text": "Start"},
          {"linkId": "s", "type": "string", "text": "Room", "maxLength": 20, "extension": [%4$s]},
          {"linkId": "x", "type": "text", "text": "Notes"},
          {"linkId": "c", "type": "choice", "text": "Level", "answerValueSet": "http://vs/ten"},
          {"linkId": "o", "type": "open-choice", "text": "Device", "answerOption": [
            {"valueCoding": {"system": "http://x", "code": "c1", "display": "Needle"}}]},
          {"linkId": "many", "type": "choice", "text": "Sites", "repeats": true, "answerValueSet": "http://vs/ten"},
          {"linkId": "q", "type": "quantity", "text": "Cement", "extension": [%5$s, %6$s]},
          {"linkId": "fixed", "type": "string", "text": "Patient", "readOnly": true},
          {"linkId": "secret", "type": "boolean", "text": "Sedation", "extension": [%7$s]},
          {"linkId": "why", "type": "string", "text": "Why not", "required": true, "enableWhen": [
            {"question": "b", "operator": "=", "answerBoolean": false}]},
          {"linkId": "escort", "type": "string", "text": "Escort", "enableWhen": [
            {"question": "secret", "operator": "=", "answerBoolean": true}]},
          {"linkId": "r", "type": "group", "text": "Treated level", "repeats": true, "item": [
            {"linkId": "name", "type": "string", "text": "Name", "required": true},
            {"linkId": "leak", "type": "boolean", "text": "Leak"},
            {"linkId": "grade", "type": "integer", "text": "Grade", "required": true, "enableWhen": [
              {"question": "leak", "operator": "=", "answerBoolean": true}]},
            {"linkId": "n", "type": "group", "text": "Needle", "repeats": true, "extension": [%8$s], "item": [
              {"linkId": "gauge", "type": "integer", "text": "Gauge"}]}]}
          """
              .formatted(
                  extension(Sdc.MIN_VALUE, "\"valueInteger\": 0"),
                  extension(Sdc.MAX_VALUE, "\"valueInteger\": 10"),
                  extension(
                      Sdc.UNIT,
                      "\"valueCoding\": {\"code\": \"{score}\", \"display\": \"points\"}"),
                  extension(Sdc.ENTRY_FORMAT, "\"valueString\": \"such as IR-2\""),
                  extension(Sdc.UNIT_OPTION, "\"valueCoding\": {\"code\": \"mL\"}"),
                  extension(Sdc.UNIT_OPTION, "\"valueCoding\": {\"code\": \"L\"}"),
                  extension(Sdc.HIDDEN, "\"valueBoolean\": true"),
                  extension(Sdc.MAX_OCCURS, "\"valueInteger\": 2")));

  static final QuestionnaireResponse SOME =
      response(
          String.join(
              ",",
              answer("b", "\"valueBoolean\": true"),
              answer("i", "\"valueInteger\": 11"),
              answer("s", "\"valueString\": \"a \\\"quoted\\\" <b>\""),
              answer("o", "\"valueString\": \"Drill\""),
              answer("fixed", "\"valueString\": \"Doe <i>\""),
              answer("secret", "\"valueBoolean\": true"),
              group("r", answer("name", "\"valueString\": \"L1\""))));

  private static SpringTemplateEngine engine() {
    ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver();
    resolver.setPrefix("templates/");
    resolver.setSuffix(".html");
    SpringTemplateEngine engine = new SpringTemplateEngine();
    engine.setTemplateResolver(resolver);
    return engine;
  }

  static String render(FormView view) {
    return ENGINE.process("form/fields", Set.of("form"), new Context(null, Map.of("view", view)));
  }

  private static String page() {
    List<FormIssue> issues = new AnswerCheck(PATHS).check(EVERYTHING, SOME, CONTEXT);
    return render(FormView.of(EVERYTHING, SOME, issues, PARIS));
  }

  @Test
  void textsAreEscaped() {
    assertThat(page())
        .contains("Read &lt;this&gt; first", "a &quot;quoted&quot; &lt;b&gt;", "Doe &lt;i&gt;")
        .doesNotContain("<this>", "<i>", "th:", "data-th");
  }

  @Test
  void idsAreUniqueAndLabelsPointToThem() {
    String page = page();
    List<String> ids = all(page, " id=\"([^\"]+)\"");

    assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
    assertThat(ids).containsAll(all(page, " for=\"([^\"]+)\""));
    assertThat(all(page, "aria-describedby=\"([^\"]+)\""))
        .isNotEmpty()
        .allSatisfy(described -> assertThat(ids).contains(described.split(" ")));
    assertThat(
            all(
                page,
                "<input[^>]*type=\"(?:text|number|date|datetime-local)\"[^>]* id=\"([^\"]+)\""))
        .isNotEmpty()
        .isSubsetOf(all(page, " for=\"([^\"]+)\""));
  }

  @Test
  void nothingThatAContentSecurityPolicyForbids() {
    assertThat(page()).doesNotContain("<script", "style=", "onclick", "javascript:");
  }

  @Test
  void fieldsByKind() {
    assertThat(page().replaceAll("\\s+", " "))
        .contains("<textarea class=\"form-control\" rows=\"3\" id=\"f-x\" name=\"x\"")
        .contains("type=\"datetime-local\" id=\"f-m\" name=\"m\"")
        .contains("type=\"number\" id=\"f-d\" name=\"d\" value=\"\" step=\"any\"")
        .contains(
            "min=\"0\" max=\"10\" step=\"1\" aria-describedby=\"f-i-help f-i-messages\" aria-invalid=\"true\"")
        .contains("placeholder=\"such as IR-2\" maxlength=\"20\"")
        .contains("<option value=\"c3\" data-code=\"c3\" data-system=\"http://x\">Code 3</option>")
        .contains("name=\"o@other\" value=\"Drill\"")
        .contains("name=\"q@unit\"")
        .contains("<output class=\"form-control-plaintext\" id=\"f-fixed\">Doe &lt;i&gt;</output>")
        .contains("<input type=\"hidden\" name=\"r[0]\" value=\"1\">")
        .contains("name=\"r[__0__].n[__1__].gauge\"")
        .contains("<span class=\"input-group-text\">points</span>")
        .contains("must be 10 or less")
        .doesNotContain("name=\"fixed\"", "name=\"secret\"", "Sedation");
  }

  @Test
  void theHiddenAnswerIsThereForTheScriptOnly() {
    assertThat(page().replaceAll("\\s+", " "))
        .contains(
            "<div hidden data-never data-link-id=\"secret\" data-values=\"[&quot;true&quot;]\"></div>");
  }

  @Test
  void whatIsRenderedCanBePostedBack() {
    String page = page().replaceAll("(?s)<template>.*?</template>\\s*<button", "<button");

    assertThat(all(page, " name=\"([^\"]+)\""))
        .contains("b", "i", "many", "r[0].name", "r[0].n[0].gauge")
        .allSatisfy(name -> assertThat(name).doesNotContain("__"));
  }

  private static List<String> all(String page, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(page);
    return matcher.results().map(result -> result.group(1)).toList();
  }
}
