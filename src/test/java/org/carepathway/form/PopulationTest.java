package org.carepathway.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.carepathway.form.TestForms.CONTEXT;
import static org.carepathway.form.TestForms.FHIR;
import static org.carepathway.form.TestForms.PATHS;
import static org.carepathway.form.TestForms.fhirPath;
import static org.carepathway.form.TestForms.form;
import static org.carepathway.form.TestForms.items;

import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.repository.impl.memory.InMemoryFhirRepository;
import java.util.List;
import org.carepathway.template.FhirPathContext;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PopulationTest {

  private final IRepository repository = InMemoryFhirRepository.emptyRepository(FHIR);
  private final Population population = new Population(PATHS, repository);

  private static final FhirPathContext RECORD =
      CONTEXT
          .with(
              "record",
              List.of(
                  new Condition().setBodySite(List.of(concept(1))).setId("k1"),
                  new Condition().setBodySite(List.of(concept(2))).setId("k2"),
                  new Observation()
                      .setValue(new Quantity().setValue(2.5).setCode("mL"))
                      .setId("o1")))
          .with("user", (String) null);

  private static CodeableConcept concept(int number) {
    return new CodeableConcept(new Coding("http://other", "y", "Other"))
        .addCoding(TestForms.code(number));
  }

  private String populated(String items) {
    return items(population.populate(form(items), RECORD));
  }

  private static String item(String type, String expression) {
    return "{\"linkId\": \"x\", \"type\": \"%s\", %s \"extension\": [%s]}"
        .formatted(
            type,
            type.endsWith("choice") ? "\"answerValueSet\": \"http://vs/ten\"," : "",
            fhirPath(Sdc.INITIAL_EXPRESSION, expression));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "boolean | 1 = 1 | \"valueBoolean\":true",
        "integer | 4.0.dividedBy(2) | \"valueInteger\":2",
        "integer | 3 | \"valueInteger\":3",
        "decimal | 3 | \"valueDecimal\":3",
        "date | %today | \"valueDate\":\"2026-03-01\"",
        "date | %now | \"valueDate\":\"2026-03-01\"",
        "dateTime | %now | \"valueDateTime\":\"2026-03-01T10:00:00+01:00\"",
        "dateTime | %today | \"valueDateTime\":\"2026-03-01\"",
        "string | %patient.id | \"valueString\":\"p1\"",
        "text | 'a b' | \"valueString\":\"a b\"",
        "choice | 'c3' | \"valueCoding\":{\"system\":\"http://x\",\"code\":\"c3\",\"display\":\"Code 3\"}",
        "choice | %record.ofType(Condition).last().bodySite | \"valueCoding\":{\"system\":\"http://x\",\"code\":\"c2\",\"display\":\"Code 2\"}",
        "choice | %record.ofType(Condition).last().bodySite.coding.last() | \"valueCoding\":{\"system\":\"http://x\",\"code\":\"c2\",\"display\":\"Code 2\"}",
        "open-choice | 'free' | \"valueString\":\"free\"",
        "quantity | %record.ofType(Observation).value | \"valueQuantity\":{\"value\":2.5,\"code\":\"mL\"}",
      })
  void initialExpression(String type, String expression, String answer) {
    assertThat(populated(item(type, expression)))
        .isEqualTo("[{\"linkId\":\"x\",\"answer\":[{" + answer + "}]}]");
  }

  @Test
  void aQuantityInTheUnitOfTheItemGivesItsNumber() {
    String unit = TestForms.extension(Sdc.UNIT, "\"valueCoding\": {\"code\": \"mL\"}");
    String item =
        item("decimal", "%record.ofType(Observation).value")
            .replace("\"extension\": [", "\"extension\": [" + unit + ",");

    assertThat(populated(item)).contains("\"valueDecimal\":2.5");
    assertThat(populated(item.replace("mL", "g"))).isEqualTo("[]");
  }

  @ParameterizedTest
  @CsvSource({
    "210000, /uL, , 210",
    "123456, /uL, , 123",
    "49600, /uL, , 50",
    "210.5, 10*9/L, , 210.5",
    "20, 10*9/L, <, ",
    "210, g/L, , ",
  })
  void aQuantityIsConvertedOrLeftOut(
      String value, String code, String comparator, String expected) {
    Observation result = new Observation();
    result.setValue(
        new Quantity()
            .setValue(new java.math.BigDecimal(value))
            .setComparator(Quantity.QuantityComparator.fromCode(comparator))
            .setSystem("http://unitsofmeasure.org")
            .setCode(code));
    String unit = TestForms.extension(Sdc.UNIT, "\"valueCoding\": {\"code\": \"10*9/L\"}");
    String places = TestForms.extension(Sdc.MAX_DECIMAL_PLACES, "\"valueInteger\": 0");
    String item =
        item("decimal", "%record.ofType(Observation).value")
            .replace("\"extension\": [", "\"extension\": [" + unit + "," + places + ",");

    assertThat(items(population.populate(form(item), CONTEXT.with("record", List.of(result)))))
        .isEqualTo(
            expected == null
                ? "[]"
                : "[{\"linkId\":\"x\",\"answer\":[{\"valueDecimal\":" + expected + "}]}]");
  }

  @Test
  void nothingGivesNothing() {
    assertThat(populated(item("string", "%user"))).isEqualTo("[]");
    assertThat(populated(item("choice", "'no-option'"))).isEqualTo("[]");
    assertThat(
            populated(
                "{\"linkId\": \"g\", \"type\": \"group\", \"item\": [{\"linkId\": \"x\", \"type\": \"string\"}]}"))
        .isEqualTo("[]");
  }

  @Test
  void errorsNameFormAndItem() {
    assertFails(
        item("integer", "'x'"), "initialExpression gives string, the item has the type integer");
    assertFails(item("integer", "1 | 2"), "2 results for one answer");
    assertFails(item("integer", "%nobody"), "%nobody");
    assertFails(
        item("choice", "'no-option'").replace("\"type\"", "\"readOnly\": true, \"type\""),
        "'no-option', which is no option");
  }

  private void assertFails(String items, String reason) {
    assertThatThrownBy(() -> populated(items))
        .isInstanceOf(FormException.class)
        .hasMessageContainingAll("Form 'test', item 'x'", reason);
  }

  @Test
  void fixedInitialAndHead() {
    Form form =
        form(
            """
            {"linkId": "a", "type": "choice", "repeats": true, "answerValueSet": "http://vs/ten", "initial": [
              {"valueCoding": {"system": "http://x", "code": "c1"}}, {"valueCoding": {"system": "http://x", "code": "c2"}}]}
            """);

    QuestionnaireResponse response = population.populate(form, CONTEXT);

    assertThat(response.getItemFirstRep().getAnswer()).hasSize(2);
    assertThat(response.getQuestionnaire()).isEqualTo(form.canonical());
    assertThat(response.getStatus().toCode()).isEqualTo("in-progress");
  }

  @Test
  void aPopulationContextRepeatsItsGroup() {
    String group =
        """
        {"linkId": "g", "type": "group", "repeats": true, "extension": [{"url": "%s", "valueExpression":
          {"name": "fracture", "language": "text/fhirpath", "expression": "%%record.ofType(Condition)"}},
          {"url": "%s", "valueExpression": {"name": "twice", "language": "text/fhirpath", "expression": "'2' + %%patient.id"}}],
         "item": [{"linkId": "id", "type": "string", "extension": [%s]},
                  {"linkId": "inner", "type": "group", "item": [
                    {"linkId": "site", "type": "choice", "answerValueSet": "http://vs/ten", "extension": [%s]}]}]}
        """
            .formatted(
                Sdc.POPULATION_CONTEXT,
                Sdc.VARIABLE,
                fhirPath(Sdc.INITIAL_EXPRESSION, "%fracture.id + %twice"),
                fhirPath(Sdc.INITIAL_EXPRESSION, "%fracture.bodySite"));

    assertThat(populated(group))
        .contains(
            "\"valueString\":\"k12p1\"",
            "\"valueString\":\"k22p1\"",
            "\"code\":\"c1\"",
            "\"code\":\"c2\"");
    assertThat(population.populate(form(group), RECORD).getItem()).hasSize(2);
    assertThat(populated(group.replace("ofType(Condition)", "ofType(Task)"))).isEqualTo("[]");
    assertThatThrownBy(() -> populated(group.replace("\"repeats\": true,", "")))
        .hasMessageContaining("item 'g': has 2 contexts and cannot repeat");
  }

  @Test
  void aQueryIsAskedInTheRepository() {
    repository.update(
        new Patient()
            .addName(new org.hl7.fhir.r4.model.HumanName().setFamily("Doe"))
            .setId("Patient/p1"));
    repository.update(
        new Patient()
            .addName(new org.hl7.fhir.r4.model.HumanName().setFamily("Roe"))
            .setId("Patient/p2"));
    Form form =
        form(
            """
            "extension": [
              {"url": "%1$s", "valueExpression": {"name": "me", "language": "application/x-fhir-query",
                "expression": "Patient?_id={{%%patient.id}}"}},
              {"url": "%1$s", "valueExpression": {"name": "family", "language": "text/fhirpath",
                "expression": "%%me.entry.resource.name.family"}}],
            """
                .formatted(Sdc.VARIABLE),
            item("string", "%family"));

    assertThat(items(population.populate(form, CONTEXT))).contains("\"valueString\":\"Doe\"");
    FhirPathContext known = population.variables(form, CONTEXT);
    assertThat(known.names()).contains("me", "family");
    assertThat(population.variables(form, known).value("me")).isSameAs(known.value("me"));
    assertThatThrownBy(() -> population.populate(form, CONTEXT.with("patient", (String) null)))
        .hasMessageContainingAll("Form 'test'", "Patient?_id", "has no value");
  }
}
