package org.carepathway.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.carepathway.form.TestForms.CONTEXT;
import static org.carepathway.form.TestForms.PATHS;
import static org.carepathway.form.TestForms.answer;
import static org.carepathway.form.TestForms.extension;
import static org.carepathway.form.TestForms.form;
import static org.carepathway.form.TestForms.group;
import static org.carepathway.form.TestForms.json;
import static org.carepathway.form.TestForms.response;

import java.util.List;
import org.carepathway.template.TemplateException;
import org.junit.jupiter.api.Test;

class ExtractionTest {

  private static final IdSource IDS = (template, repetition) -> template + "-" + repetition;

  private static final String CONTAINED =
      """
      "contained": [
        {"resourceType": "Procedure", "id": "parent", "status": "completed", "subject": %s},
        {"resourceType": "Procedure", "id": "level", "status": "completed",
         "partOf": [{"_reference": %s}], "bodySite": [{"_text": %s}]},
        {"resourceType": "Observation", "id": "leak", "status": "final",
         "partOf": [{"_reference": %s}, {"_reference": %s}], "_valueString": %s}],
      "extension": [%s, %s],
      """
          .formatted(
              value("'Patient/' + %patient.id"),
              value("%SessionId"),
              value("item.where(linkId = 'name').answer.value"),
              value("%SessionId"),
              value("%LevelId"),
              value("answer.value.display"),
              extension(Sdc.ALLOCATE_ID, "\"valueString\": \"SessionId\""),
              use("parent", "%SessionId"));

  private static final String ITEMS =
      """
      {"linkId": "level", "type": "group", "repeats": true, "extension": [%s, %s], "item": [
        {"linkId": "name", "type": "string"},
        {"linkId": "leak", "type": "choice", "repeats": true, "answerValueSet": "http://vs/ten", "extension": [%s]}]}
      """
          .formatted(
              extension(Sdc.ALLOCATE_ID, "\"valueString\": \"LevelId\""),
              use("level", "%LevelId"),
              use("leak", null));

  private static String use(String template, String resourceId) {
    String id =
        resourceId == null
            ? ""
            : ", {\"url\": \"resourceId\", \"valueString\": \"" + resourceId + "\"}";
    return "{\"url\": \"%s\", \"extension\": [{\"url\": \"template\", \"valueReference\": {\"reference\": \"#%s\"}}%s]}"
        .formatted(Sdc.TEMPLATE, template, id);
  }

  private static String value(String expression) {
    return """
        {"extension": [{"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-templateExtractValue",
         "valueString": "%s"}]}
        """
        .formatted(expression);
  }

  private static List<Extracted> extract(Form form, String... items) {
    return new Extraction(PATHS).extract(form, response(String.join(",", items)), CONTEXT, IDS);
  }

  private static List<String> made(Form form, String... items) {
    return extract(form, items).stream().map(e -> json(e.resource())).toList();
  }

  private static String coding(int number) {
    return "\"valueCoding\": {\"system\": \"http://x\", \"code\": \"c%1$d\", \"display\": \"C%1$d\"}"
        .formatted(number);
  }

  @Test
  void rootGroupsAndAnswers() {
    List<Extracted> made =
        extract(
            form(CONTAINED, ITEMS),
            group(
                "level",
                answer("name", "\"valueString\": \"L1\""),
                answer("leak", coding(1), coding(2))),
            group("level", answer("name", "\"valueString\": \"L2\"")),
            group("level"),
            group("level", answer("leak", coding(3))));

    assertThat(made)
        .extracting(e -> e.templateId() + " " + e.repetition() + " " + e.resource().getId())
        .containsExactly(
            "parent 0 Procedure/parent-0",
            "level 0 Procedure/level-0",
            "leak 0 Observation/leak-0",
            "leak 1 Observation/leak-1",
            "level 1 Procedure/level-1",
            "level 2 Procedure/level-2",
            "leak 2 Observation/leak-2");
    assertThat(made)
        .extracting(e -> json(e.resource()))
        .containsExactly(
            "{\"resourceType\":\"Procedure\",\"id\":\"parent-0\",\"status\":\"completed\",\"subject\":{\"reference\":\"Patient/p1\"}}",
            "{\"resourceType\":\"Procedure\",\"id\":\"level-0\",\"partOf\":[{\"reference\":\"Procedure/parent-0\"}],\"status\":\"completed\",\"bodySite\":[{\"text\":\"L1\"}]}",
            "{\"resourceType\":\"Observation\",\"id\":\"leak-0\",\"partOf\":[{\"reference\":\"Procedure/parent-0\"},{\"reference\":\"Procedure/level-0\"}],\"status\":\"final\",\"valueString\":\"C1\"}",
            "{\"resourceType\":\"Observation\",\"id\":\"leak-1\",\"partOf\":[{\"reference\":\"Procedure/parent-0\"},{\"reference\":\"Procedure/level-0\"}],\"status\":\"final\",\"valueString\":\"C2\"}",
            "{\"resourceType\":\"Procedure\",\"id\":\"level-1\",\"partOf\":[{\"reference\":\"Procedure/parent-0\"}],\"status\":\"completed\",\"bodySite\":[{\"text\":\"L2\"}]}",
            "{\"resourceType\":\"Procedure\",\"id\":\"level-2\",\"partOf\":[{\"reference\":\"Procedure/parent-0\"}],\"status\":\"completed\"}",
            "{\"resourceType\":\"Observation\",\"id\":\"leak-2\",\"partOf\":[{\"reference\":\"Procedure/parent-0\"},{\"reference\":\"Procedure/level-2\"}],\"status\":\"final\",\"valueString\":\"C3\"}");
  }

  @Test
  void whatIsMadeOfTheFormSeesTheIdsOfAllRows() {
    String root =
        """
        "contained": [
          {"resourceType": "Procedure", "id": "level", "status": "completed"},
          {"resourceType": "Procedure", "id": "leak", "status": "completed"},
          {"resourceType": "DiagnosticReport", "id": "report", "status": "final",
           "result": [{"extension": [{"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-templateExtractContext",
             "valueString": "%%LevelId"}], "_reference": %s}]}],
        "extension": [%s],
        """
            .formatted(value("$this"), use("report", null));

    assertThat(
            made(
                form(root, ITEMS),
                group("level", answer("name", "\"valueString\": \"L1\"")),
                group("level"),
                group("level", answer("name", "\"valueString\": \"L2\""))))
        .first()
        .isEqualTo(
            "{\"resourceType\":\"DiagnosticReport\",\"id\":\"report-0\",\"status\":\"final\",\"result\":[{\"reference\":\"Procedure/level-0\"},{\"reference\":\"Procedure/level-1\"}]}");
    assertThat(made(form(root, ITEMS)))
        .containsExactly(
            "{\"resourceType\":\"DiagnosticReport\",\"id\":\"report-0\",\"status\":\"final\"}");
    String within = "{\"linkId\": \"all\", \"type\": \"group\", \"item\": [" + ITEMS + "]}";
    assertThat(made(form(root, within)))
        .as("of a group that is left out with the one around it")
        .containsExactly(
            "{\"resourceType\":\"DiagnosticReport\",\"id\":\"report-0\",\"status\":\"final\"}");
  }

  @Test
  void aTemplateOnTheRootIsMadeWithoutAnswersAnItemIsNot() {
    assertThat(extract(form(CONTAINED, ITEMS)))
        .extracting(Extracted::templateId)
        .containsExactly("parent");
  }

  @Test
  void aRepeatedRunGivesTheSame() {
    Form form = form(CONTAINED, ITEMS);
    String level = group("level", answer("leak", coding(3)));

    assertThat(made(form, level, level)).isEqualTo(made(form, level, level));
  }

  @Test
  void anExistingResourceKeepsItsId() {
    String root =
        """
        "contained": [{"resourceType": "Appointment", "id": "a", "status": "booked"}], "extension": [%s],
        """;
    assertThat(
            extract(form(root.formatted(use("a", "'x7'")), ITEMS_NONE)).get(0).resource().getId())
        .isEqualTo("Appointment/x7");
    assertThat(
            extract(form(root.formatted(use("a", "'Appointment/x7'")), ITEMS_NONE))
                .get(0)
                .resource()
                .getId())
        .isEqualTo("Appointment/x7");
    assertThat(
            extract(form(root.formatted(use("a", "'urn:uuid:x7'")), ITEMS_NONE))
                .get(0)
                .resource()
                .getId())
        .isEqualTo("Appointment/x7");
    assertThat(extract(form(root.formatted(use("a", "{}")), ITEMS_NONE)).get(0).resource().getId())
        .isEqualTo("Appointment/a-0");
    assertThatThrownBy(() -> extract(form(root.formatted(use("a", "'Task/x7'")), ITEMS_NONE)))
        .isInstanceOf(FormException.class)
        .hasMessageContainingAll("Form 'test'", "#a", "id of a Task");
    assertThatThrownBy(() -> extract(form(root.formatted(use("a", "'x' | 'y'")), ITEMS_NONE)))
        .hasMessageContaining("must give one string");
    assertThatThrownBy(() -> extract(form(root.formatted(use("a", "%nobody")), ITEMS_NONE)))
        .hasMessageContainingAll("#a", "%nobody");
  }

  private static final String ITEMS_NONE = "{\"linkId\": \"x\", \"type\": \"string\"}";

  @Test
  void anAllocatedIdThatNoTemplateTakesIsAUrn() {
    String root =
        """
        "contained": [{"resourceType": "Observation", "id": "o", "_valueString": %s}], "extension": [%s, %s],
        """
            .formatted(
                value("%Any"),
                extension(Sdc.ALLOCATE_ID, "\"valueString\": \"Any\""),
                use("o", null));

    assertThat(made(form(root, ITEMS_NONE)).get(0)).contains("\"valueString\":\"urn:uuid:Any-0\"");
  }

  @Test
  void errorsNameFormTemplateAndElement() {
    String root =
        """
        "contained": [{"resourceType": "Observation", "id": "o", "_valueInteger": %s}], "extension": [%s],
        """
            .formatted(value("'x'"), use("o", null));

    assertThatThrownBy(() -> extract(form(root, ITEMS_NONE)))
        .isInstanceOf(TemplateException.class)
        .hasMessageContainingAll("form test, #o", "Observation.valueInteger", "'x'");
  }

  @Test
  void aWrongUseIsRefusedWhenTheFormIsRead() {
    String contained =
        "\"contained\": [{\"resourceType\": \"Task\", \"id\": \"t\"}, {\"resourceType\": \"Goal\", \"id\": \"g\"}],";
    String allocate = extension(Sdc.ALLOCATE_ID, "\"valueString\": \"Id\"");

    assertRefused("\"extension\": [" + use("nowhere", null) + "],", "no template #nowhere");
    assertRefused(
        "\"extension\": [" + use("t", null).replace("#t", "Task/t") + "],", "# reference");
    assertRefused(contained + "\"extension\": [" + use("t", "a..b") + "],", "a..b");
    assertRefused(
        contained + "\"extension\": [" + use("t", "'x'").replace("resourceId", "fullUrl") + "],",
        "not fullUrl");
    assertRefused(
        contained
            + "\"extension\": ["
            + allocate
            + ","
            + use("t", "%Id")
            + ","
            + use("g", "%Id")
            + "],",
        "several templates: [g, t]");
    assertRefused("\"extension\": [{\"url\": \"" + Sdc.ALLOCATE_ID + "\"}],", "name of a variable");
  }

  private static void assertRefused(String root, String reason) {
    assertThatThrownBy(() -> form(root, ITEMS_NONE))
        .isInstanceOf(FormException.class)
        .hasMessageContainingAll("Form 'test'", reason);
  }
}
