package org.carepathway.form;

import static org.carepathway.form.TestForms.answer;
import static org.carepathway.form.TestForms.extension;
import static org.carepathway.form.TestForms.form;
import static org.carepathway.form.TestForms.group;
import static org.carepathway.form.TestForms.response;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** A form with everything in it, as HTML. */
public final class RenderedForm {

  public static final ZoneId ZONE = ZoneId.of("Europe/Paris");
  private static final SpringTemplateEngine ENGINE = engine();

  /** Every type, a help text, a hidden and a read-only item, conditions and nested repetitions. */
  public static final Form EVERYTHING =
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
              {"linkId": "gauge", "type": "integer", "text": "Gauge"}]}]},
          {"linkId": "signs", "type": "group", "text": "Signs", "item": [
            {"linkId": "none", "type": "boolean", "text": "None of these", "extension": [%9$s, %10$s]},
            {"linkId": "fever", "type": "boolean", "text": "Fever", "required": true},
            {"linkId": "power", "type": "integer", "text": "Power", "required": true}]}
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
                  extension(Sdc.MAX_OCCURS, "\"valueInteger\": 2"),
                  TestForms.together("fever", "\"valueBoolean\": false"),
                  TestForms.together("power", "\"valueInteger\": 5")));

  public static final QuestionnaireResponse SOME =
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
    ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
    messages.setBasename("messages");
    messages.setDefaultEncoding("UTF-8");
    engine.setTemplateEngineMessageSource(messages);
    return engine;
  }

  public static String render(FormView view) {
    return ENGINE.process(
        "form/fields", Set.of("fields"), new Context(Locale.ENGLISH, Map.of("view", view)));
  }

  private RenderedForm() {}
}
