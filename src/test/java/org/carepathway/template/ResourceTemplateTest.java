package org.carepathway.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.time.ZonedDateTime;
import java.util.List;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

class ResourceTemplateTest {

  private static final IParser JSON = FhirContext.forR4Cached().newJsonParser();
  private static final FhirPaths PATHS = new FhirPaths(FhirContext.forR4Cached());

  private static final QuestionnaireResponse ANSWERS =
      JSON.parseResource(
          QuestionnaireResponse.class,
          """
          {"resourceType": "QuestionnaireResponse", "id": "qr1", "authored": "2026-03-01T10:00:00Z",
           "item": [
             {"linkId": "pain", "answer": [{"valueInteger": 8}]},
             {"linkId": "walks", "answer": [{"valueBoolean": false}]},
             {"linkId": "weight", "answer": [{"valueDecimal": 61.50}]},
             {"linkId": "onset", "answer": [{"valueDate": "2026-02-01"}]},
             {"linkId": "seen", "answer": [{"valueDateTime": "2026-02-01T10:00:00+01:00"}]},
             {"linkId": "note", "answer": [{"valueString": "worse at night"}]},
             {"linkId": "cement", "answer": [{"valueQuantity": {"value": 3.5, "unit": "mL",
               "system": "http://unitsofmeasure.org", "code": "mL"}}]},
             {"linkId": "sites", "answer": [
               {"valueCoding": {"system": "http://x", "code": "l1", "display": "L1"}},
               {"valueCoding": {"system": "http://x", "code": "l2", "display": "L2"}}]},
             {"linkId": "level", "item": [
               {"linkId": "name", "answer": [{"valueString": "L1"}]},
               {"linkId": "volume", "answer": [{"valueDecimal": 2.0}]}]},
             {"linkId": "level", "item": [
               {"linkId": "name", "answer": [{"valueString": "L2"}]}]}]}
          """);

  private static final FhirPathContext CONTEXT =
      FhirPathContext.at(ZonedDateTime.parse("2026-03-01T10:00:00Z"))
          .with("resource", ANSWERS)
          .with("patient", new Patient().setId("Patient/p1"));

  @Test
  void aPrimitiveIsReplacedOrDropped() {
    Observation made =
        observation(
            """
            "status": "registered", "_status": %s,
            "_effectiveDateTime": %s, "_issued": %s, "_valueInteger": %s,
            "note": [{"_text": %s}]
            """
                .formatted(
                    value("iif(true, 'final', 'x')"),
                    value("{}"),
                    value("%resource.authored"),
                    value("item.where(linkId = 'pain').answer.value"),
                    value("item.where(linkId = 'nothing').answer.value")));

    assertThat(json(made))
        .isEqualTo(
            """
            {"resourceType":"Observation","status":"final","issued":"2026-03-01T10:00:00Z",\
            "valueInteger":8}""");
  }

  @Test
  void aPrimitiveListGetsEveryResult() {
    Patient made =
        (Patient)
            one(
                """
                {"resourceType": "Patient", "name": [{"family": "F",
                 "given": ["fixed", null], "_given": [null, %s]}]}
                """
                    .formatted(
                        value(
                            "item.where(linkId = 'level').item.where(linkId = 'name').answer.value")));

    assertThat(json(made))
        .isEqualTo(
            """
            {"resourceType":"Patient","name":[{"family":"F","given":["fixed","L1","L2"]}]}""");
  }

  @Test
  void aComplexTypeIsReplacedWhole() {
    Observation made =
        observation(
            """
            "code": {"coding": [%s], "text": "kept"},
            "bodySite": %s,
            "subject": %s,
            "performer": [%s],
            "valueQuantity": {"extension": [%s], "unit": "placeholder"}
            """
                .formatted(
                    value("item.where(linkId = 'sites').answer.value"),
                    value("item.where(linkId = 'sites').answer.value.first()"),
                    value("'Patient/' + %patient.id"),
                    value("%patient"),
                    rule("Value", "item.where(linkId = 'cement').answer.value")));

    assertThat(json(made))
        .isEqualTo(
            """
            {"resourceType":"Observation","code":{"coding":[\
            {"system":"http://x","code":"l1","display":"L1"},\
            {"system":"http://x","code":"l2","display":"L2"}],"text":"kept"},\
            "subject":{"reference":"Patient/p1"},"performer":[{"reference":"Patient/p1"}],\
            "valueQuantity":{"value":3.5,"unit":"mL","system":"http://unitsofmeasure.org","code":"mL"},\
            "bodySite":{"coding":[{"system":"http://x","code":"l1","display":"L1"}]}}""");
  }

  @Test
  void aContextRepeatsItsElementAndIsTheFocusInside() {
    Observation made =
        observation(
            """
            "component": [
              {"code": {"text": "fixed"}, "valueBoolean": true},
              {"extension": [%s],
               "code": {"_text": %s},
               "valueQuantity": {"extension": [%s], "_value": %s, "unit": "mL"}}]
            """
                .formatted(
                    rule("Context", "item.where(linkId = 'level')"),
                    value("item.where(linkId = 'name').answer.value"),
                    rule("Context", "item.where(linkId = 'volume').answer.value"),
                    value("$this")));

    assertThat(json(made))
        .isEqualTo(
            """
            {"resourceType":"Observation","component":[\
            {"code":{"text":"fixed"},"valueBoolean":true},\
            {"code":{"text":"L1"},"valueQuantity":{"value":2.0,"unit":"mL"}},\
            {"code":{"text":"L2"}}]}""");
  }

  @Test
  void contextAndValueOnOneElement() {
    Observation made =
        observation(
            """
            "category": [{"extension": [%s, %s]}]
            """
                .formatted(
                    rule("Context", "item.where(linkId = 'sites')"),
                    rule("Value", "answer.value")));

    assertThat(json(made))
        .isEqualTo(
            """
            {"resourceType":"Observation","category":[\
            {"coding":[{"system":"http://x","code":"l1","display":"L1"}]},\
            {"coding":[{"system":"http://x","code":"l2","display":"L2"}]}]}""");
  }

  @Test
  void aNamedContextIsAVariableInside() {
    Observation made =
        observation(
            """
            "component": [{"extension": [{"url": "%s", "valueExpression":
               {"name": "level", "language": "text/fhirpath", "expression": "item.where(linkId = 'level')"}}],
              "code": {"_text": %s}}]
            """
                .formatted(
                    TemplateNode.CONTEXT_URL,
                    value("%resource.id + %level.item.where(linkId = 'name').answer.value")));

    assertThat(made.getComponent())
        .extracting(c -> c.getCode().getText())
        .containsExactly("qr1L1", "qr1L2");
  }

  @Test
  void anEmptyContextDropsTheElementAndItsFixedParts() {
    Observation made =
        observation(
            """
            "component": [{"extension": [%s], "code": {"text": "fixed"}}],
            "method": {"coding": [{"extension": [%s], "system": "http://y", "_code": %s}]},
            "status": "final", "_status": %s
            """
                .formatted(
                    rule("Context", "item.where(linkId = 'nothing')"),
                    rule("Context", "item.where(linkId = 'nothing').answer.value"),
                    value("code"),
                    "{\"extension\": ["
                        + rule("Context", "item.where(linkId = 'nothing')")
                        + "]}"));

    assertThat(json(made)).isEqualTo("{\"resourceType\":\"Observation\"}");
  }

  @Test
  void otherExtensionsStay() {
    Observation made =
        observation(
            """
            "status": "final",
            "extension": [{"url": "http://e/answer", "_valueInteger": %s}, {"url": "http://e/none", "_valueInteger": %s}],
            "_valueString": {"extension": [%s, {"url": "http://e/fixed", "valueBoolean": true}]}
            """
                .formatted(
                    value("item.where(linkId = 'pain').answer.value"),
                    value("{}"),
                    rule("Value", "item.where(linkId = 'note').answer.value")));

    assertThat(json(made))
        .isEqualTo(
            """
            {"resourceType":"Observation","extension":[{"url":"http://e/answer","valueInteger":8}],"status":"final","valueString":"worse at night","_valueString":\
            {"extension":[{"url":"http://e/fixed","valueBoolean":true}]}}""");
  }

  @Test
  void valuesAreTurnedIntoTheTypeOfTheElement() {
    Observation made =
        observation(
            """
            "_effectiveDateTime": %s, "valueQuantity": {"_value": %s, "_unit": %s}, "device": %s
            """
                .formatted(
                    value("item.where(linkId = 'onset').answer.value"),
                    value("item.where(linkId = 'pain').answer.value"),
                    value("item.where(linkId = 'sites').answer.value.first().code"),
                    value("'Device/' + '1'")));

    assertThat(json(made))
        .isEqualTo(
            """
            {"resourceType":"Observation","effectiveDateTime":"2026-02-01",\
            "valueQuantity":{"value":8,"unit":"l1"},"device":{"reference":"Device/1"}}""");
    Patient patient =
        (Patient)
            one(
                """
                {"resourceType": "Patient", "_birthDate": %s, "_multipleBirthInteger": %s, "_gender": %s}
                """
                    .formatted(
                        value("item.where(linkId = 'seen').answer.value"),
                        value("4.0.dividedBy(2)"),
                        value("'female'")));
    assertThat(json(patient))
        .isEqualTo(
            """
            {"resourceType":"Patient","gender":"female","birthDate":"2026-02-01",\
            "multipleBirthInteger":2}""");
  }

  @Test
  void aContextOnTheResourceMakesOnePerResult() {
    ResourceTemplate template =
        template(
            """
            {"resourceType": "Observation", "id": "t", "extension": [%s], "status": "final",
             "bodySite": {"_text": %s}}
            """
                .formatted(
                    rule("Context", "item.where(linkId = 'level')"),
                    value("item.where(linkId = 'name').answer.value")));

    List<Resource> made = template.fill(ANSWERS, CONTEXT);

    assertThat(made)
        .extracting(ResourceTemplateTest::json)
        .containsExactly(
            "{\"resourceType\":\"Observation\",\"status\":\"final\",\"bodySite\":{\"text\":\"L1\"}}",
            "{\"resourceType\":\"Observation\",\"status\":\"final\",\"bodySite\":{\"text\":\"L2\"}}");
    assertThat(template.fill(new QuestionnaireResponse(), CONTEXT)).isEmpty();
  }

  @Test
  void aTemplateWithoutExpressionsIsCopiedWithoutItsId() {
    ResourceTemplate template =
        template(
            """
            {"resourceType": "Observation", "id": "t", "contained": [{"resourceType": "Device", "id": "d"}],
             "text": {"status": "generated", "div": "<div xmlns=\\"http://www.w3.org/1999/xhtml\\">x</div>"},
             "status": "final", "device": {"reference": "#d"}}
            """);

    Resource made = template.fill(null, CONTEXT).get(0);

    assertThat(json(made)).contains("\"id\":\"d\"", "\"reference\":\"#d\"", ">x</div>");
    assertThat(made.hasId()).isFalse();
    ((Observation) made).setStatus(Observation.ObservationStatus.CANCELLED);
    assertThat(json(template.fill(null, CONTEXT).get(0))).contains("final");
  }

  @Test
  void containedResourcesAreFilledAndKeepTheirIds() {
    Observation made =
        observation(
            """
            "contained": [{"resourceType": "Device", "id": "d", "_lotNumber": %s}], "device": {"reference": "#d"}
            """
                .formatted(value("item.where(linkId = 'note').answer.value")));

    assertThat(json(made)).contains("\"id\":\"d\",\"lotNumber\":\"worse at night\"");
  }

  @Test
  void tellsWhatItNeeds() {
    ResourceTemplate template =
        template(
            """
            {"resourceType": "Observation", "subject": %s, "_valueInteger": %s, "_issued": %s}
            """
                .formatted(
                    value("%patient"),
                    value("%record.ofType(Observation).last().value"),
                    value("%record.ofType(Procedure).last().performed")));

    assertThat(template.variables()).containsExactlyInAnyOrder("patient", "record");
    assertThat(template.recordTypes()).containsExactlyInAnyOrder("Observation", "Procedure");
    assertThat(template.resourceType()).isEqualTo("Observation");
  }

  @Test
  void errorsNameTemplateElementAndExpression() {
    assertFails("\"_valueInteger\": " + value("'x'"), "Observation.valueInteger", "'x'", "integer");
    assertFails(
        "\"component\": [{}, {\"_valueInteger\": " + value("%no") + "}]",
        "Observation.component[",
        "valueInteger",
        "%no");
    assertFails(
        "\"subject\": " + value("item.where(linkId = 'pain').answer.value"),
        "Observation.subject",
        "Reference",
        "'8'");
    assertFails("\"_status\": " + value("'nonsense'"), "Observation.status", "nonsense");
    assertFails("\"_status\": " + value("'final' | 'amended'"), "Observation.status", "2 results");
    assertFails("\"_valueBoolean\": " + value("'true'"), "Observation.valueBoolean", "boolean");
    assertFails(
        "\"_valueDateTime\": " + value("'tomorrow'"), "Observation.valueDateTime", "dateTime");
  }

  @Test
  void aWrongTemplateIsRefusedWhenItIsRead() {
    assertThatThrownBy(
            () ->
                template("{\"resourceType\": \"Observation\", \"_status\": " + value("a..b") + "}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("t1", "Observation.status", "a..b");
    assertThatThrownBy(
            () ->
                template(
                    "{\"resourceType\": \"Observation\", \"extension\": ["
                        + rule("Value", "x")
                        + "]}"))
        .hasMessageContaining("whole resource");
    assertThatThrownBy(
            () ->
                template(
                    "{\"resourceType\": \"Observation\", \"code\": {\"extension\": ["
                        + rule("Value", "x")
                        + ","
                        + rule("Value", "y")
                        + "]}}"))
        .hasMessageContaining("twice");
    assertThatThrownBy(
            () ->
                template(
                    "{\"resourceType\": \"Observation\", \"code\": {\"extension\": [{\"url\": \""
                        + TemplateNode.VALUE_URL
                        + "\", \"valueBoolean\": true}]}}"))
        .hasMessageContaining("expression is missing");
  }

  private static void assertFails(String content, String... parts) {
    assertThatThrownBy(() -> observation(content))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("Template 't1'")
        .hasMessageContainingAll(parts);
  }

  private static Observation observation(String content) {
    return (Observation) one("{\"resourceType\": \"Observation\", \"id\": \"t\", " + content + "}");
  }

  private static Resource one(String json) {
    List<Resource> made = template(json).fill(ANSWERS, CONTEXT);
    assertThat(made).hasSize(1);
    return made.get(0);
  }

  private static ResourceTemplate template(String json) {
    return ResourceTemplate.of("t1", (Resource) JSON.parseResource(json), PATHS);
  }

  /** An element that carries only a value expression. */
  private static String value(String expression) {
    return "{\"extension\": [" + rule("Value", expression) + "]}";
  }

  private static String rule(String kind, String expression) {
    return """
        {"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-templateExtract%s",
         "valueString": "%s"}
        """
        .formatted(kind, expression);
  }

  private static String json(Resource resource) {
    return JSON.encodeResourceToString(resource);
  }
}
