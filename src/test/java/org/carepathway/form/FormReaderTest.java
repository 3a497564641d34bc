package org.carepathway.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.carepathway.form.TestForms.constraint;
import static org.carepathway.form.TestForms.extension;
import static org.carepathway.form.TestForms.fhirPath;
import static org.carepathway.form.TestForms.form;

import org.hl7.fhir.r4.model.Questionnaire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormReaderTest {

  @Test
  void readsAnItem() {
    Form form =
        form(
            """
            {"linkId": "g", "type": "group", "text": "Group", "repeats": true, "item": [
              {"linkId": "g-help", "type": "display", "text": "About the group", "extension": [%s]},
              {"linkId": "d", "type": "display", "text": "A text of its own"},
              {"linkId": "x", "type": "decimal", "text": "Volume", "required": true, "maxLength": 5,
               "extension": [%s, %s, %s, %s], "item": [
                {"linkId": "x-help", "type": "display", "text": "In total", "extension": [%s]}]}]}
            """
                .formatted(
                    control("help"),
                    extension(
                        Sdc.UNIT,
                        "\"valueCoding\": {\"system\": \"http://unitsofmeasure.org\", \"code\": \"mL\"}"),
                    extension(Sdc.HIDDEN, "\"valueBoolean\": true"),
                    extension(Sdc.ENTRY_FORMAT, "\"valueString\": \"0.0\""),
                    extension(Sdc.MAX_DECIMAL_PLACES, "\"valueInteger\": 1"),
                    control("help")));

    FormItem group = form.item("g").orElseThrow();
    assertThat(group.items()).extracting(FormItem::linkId).containsExactly("d", "x");
    assertThat(group.wording().help()).isEqualTo("About the group");
    assertThat(group.isGroup() && group.repeats()).isTrue();
    FormItem volume = form.item("x").orElseThrow();
    assertThat(volume.wording().help()).isEqualTo("In total");
    assertThat(volume.hidden() && volume.isLocked() && volume.required()).isTrue();
    assertThat(volume.units().get(0).getCode()).isEqualTo("mL");
    assertThat(volume.wording().placeholder()).isEqualTo("0.0");
    assertThat(volume.limits()).isEqualTo(new Limits(null, null, 5, 1, null, null, null));
    assertThat(form.canonical()).isEqualTo(TestForms.URL + "|1.0.0");
    assertThat(form.id()).isEqualTo("test");
    assertThat(form.knows("x-help")).isTrue();
    assertThat(form.item("x-help")).isEmpty();
  }

  @Test
  void tellsWhatItNeeds() {
    Form form =
        form(
            """
            "extension": [%s, {"url": "%s", "valueExpression": {"name": "drugs",
              "language": "application/x-fhir-query", "expression": "MedicationStatement?patient={{%%patient.id}}"}}],
            """
                .formatted(
                    constraint("c", "error", "%drugs.exists() and %referral.exists()"),
                    Sdc.VARIABLE),
            """
            {"linkId": "a", "type": "string", "extension": [%s]},
            {"linkId": "g", "type": "group", "extension": [{"url": "%s", "valueExpression": {"name": "each",
              "language": "text/fhirpath", "expression": "%%record.ofType(Condition)"}}], "item": [
                {"linkId": "b", "type": "string", "extension": [%s]}]}
            """
                .formatted(
                    fhirPath(Sdc.INITIAL_EXPRESSION, "%record.ofType(Observation).last().id"),
                    Sdc.POPULATION_CONTEXT,
                    fhirPath(Sdc.INITIAL_EXPRESSION, "%each.id + %resource.id + %context.id")));

    assertThat(form.variables()).containsExactlyInAnyOrder("patient", "record", "referral");
    assertThat(form.recordTypes()).containsExactlyInAnyOrder("Condition", "Observation");
    assertThat(form.queries()).extracting(NamedExpression::name).containsExactly("drugs");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"linkId\": \"x\", \"type\": \"reference\"} ~ reference is not supported",
        "{\"linkId\": \"x\"} ~ (none) is not supported",
        "{\"type\": \"string\"} ~ no linkId",
        "{\"linkId\": \"x\", \"type\": \"string\"}, {\"linkId\": \"x\", \"type\": \"string\"} ~ used twice",
        "{\"linkId\": \"x\", \"type\": \"string\", \"repeats\": true} ~ only groups and choices can repeat",
        "{\"linkId\": \"x\", \"type\": \"string\", \"item\": [{\"linkId\": \"y\", \"type\": \"string\"}]} ~ use a group",
        "{\"linkId\": \"x\", \"type\": \"choice\"} ~ either answerOption or answerValueSet",
        "{\"linkId\": \"x\", \"type\": \"choice\", \"answerValueSet\": \"http://vs/no\"} ~ http://vs/no has no codes",
        "{\"linkId\": \"x\", \"type\": \"choice\", \"answerOption\": [{\"valueString\": \"a\"}]} ~ must be a Coding",
        "{\"linkId\": \"x\", \"type\": \"integer\", \"initial\": [{\"valueString\": \"a\"}]} ~ initial is no answer",
        "{\"linkId\": \"x\", \"type\": \"integer\", \"initial\": [{\"valueInteger\": 1}, {\"valueInteger\": 2}]} ~ several initial",
        "{\"linkId\": \"x\", \"type\": \"choice\", \"answerValueSet\": \"http://vs/ten\", \"initial\": [{\"valueCoding\": {\"code\": \"c1\"}}]} ~ initial is no answer",
      })
  void refusesAnItem(String itemsAndReason) {
    String[] parts = itemsAndReason.split(" ~ ");

    assertThatThrownBy(() -> form(parts[0]))
        .isInstanceOf(FormException.class)
        .hasMessageContainingAll("Form 'test'", parts[1]);
  }

  @Test
  void refusesExtensionsThatItCannotKeep() {
    assertRefused(fhirPath(Sdc.INITIAL_EXPRESSION, "today()"), "use %today");
    assertRefused(fhirPath(Sdc.INITIAL_EXPRESSION, "a..b"), "a..b");
    assertRefused(constraint("c", "error", "1 +"), "1 +");
    assertRefused(
        constraint("c", "error", "true").replace("\"human\"", "\"other\""), "key and human");
    assertRefused(
        extension(Sdc.MIN_VALUE, "\"valueDate\": \"2026-01-01\""), "a limit of type date");
    assertRefused(
        extension(Sdc.VARIABLE, "\"valueExpression\": {\"expression\": \"1\"}"), "needs a name");
    assertRefused(
        extension(Sdc.VARIABLE, "\"valueExpression\": {\"name\": \"v\"}"), "expression is missing");
    for (String url : Sdc.REFUSED) {
      assertRefused(extension(url, "\"valueString\": \"x\""), url + " is not supported");
    }
  }

  private static void assertRefused(String extension, String reason) {
    assertThatThrownBy(
            () ->
                form(
                    "{\"linkId\": \"x\", \"type\": \"integer\", \"extension\": ["
                        + extension
                        + "]}"))
        .isInstanceOf(FormException.class)
        .hasMessageContainingAll("Form 'test', item 'x'", reason);
  }

  @Test
  void needsUrlAndVersion() {
    FormReader reader = new FormReader(TestForms.PATHS, TestForms.TEN);

    assertThatThrownBy(() -> reader.read(new Questionnaire()))
        .hasMessageContaining("url and a version");
    assertThatThrownBy(() -> reader.read(new Questionnaire().setUrl("http://x/y")))
        .hasMessageContaining("Form 'y'");
  }

  private static String control(String code) {
    return extension(
        Sdc.CONTROL, "\"valueCodeableConcept\": {\"coding\": [{\"code\": \"" + code + "\"}]}");
  }
}
