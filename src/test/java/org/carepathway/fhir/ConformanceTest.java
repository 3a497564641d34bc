package org.carepathway.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetComponent;
import org.junit.jupiter.api.Test;

class ConformanceTest {

  private static final List<String> GRADES = List.of("none", "mild", "moderate", "severe", "worst");

  private static final String OBSERVATION =
      "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"x\"},%s}";

  private final Conformance conformance = new Conformance(FhirContext.forR4Cached());

  /** Choices are read from the top: an order of severity or anatomy must not be shuffled. */
  @Test
  void codesKeepTheOrderInWhichTheValueSetListsThem() {
    ValueSet grades = new ValueSet();
    grades.setUrl("https://example.org/ValueSet/grade");
    grades.setStatus(PublicationStatus.ACTIVE);
    ConceptSetComponent include = grades.getCompose().addInclude();
    include.setSystem("https://example.org/CodeSystem/grade");
    GRADES.forEach(grade -> include.addConcept().setCode(grade).setDisplay(grade));
    conformance.add(List.of(grades));

    assertThat(conformance.codes("https://example.org/ValueSet/grade|1.0.0"))
        .extracting(Coding::getCode)
        .containsExactlyElementsOf(GRADES);
  }

  @Test
  void anUnknownValueSetHasNoCodes() {
    assertThat(
            Stream.of("https://example.org/ValueSet/other", "https://example.org/x|1")
                .flatMap(url -> conformance.codes(url).stream()))
        .isEmpty();
  }

  /** Each keeps HAPI's validator busy for long, or is deeper than the stack of a thread. */
  @Test
  void whatWouldKeepTheValidatorBusyIsRefused() {
    conformance.warmUp();
    String coding = "{\"system\":\"http://loinc.org\",\"code\":\"%d\"}";
    String component = "{\"code\":{\"coding\":[%s]},\"valueString\":\"x\"}";
    String many =
        OBSERVATION.formatted(
            "\"component\":[%s]"
                .formatted(times(3000, i -> component.formatted(times(60, coding::formatted)))));
    String deepText =
        "{\"resourceType\":\"Patient\",\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns='http://www.w3.org/1999/xhtml'>%s</div>\"}}"
            .formatted("<div>".repeat(20_000) + "</div>".repeat(20_000));
    String unit =
        OBSERVATION.formatted(
            "\"valueQuantity\":{\"value\":1,\"system\":\"http://unitsofmeasure.org\",\"code\":\"%s\"}"
                .formatted("(".repeat(20_000) + "m" + ")".repeat(20_000)));
    String oid =
        "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"urn:oid:1%s\",\"value\":\"1\"}]}"
            .formatted(".1".repeat(300_000));
    for (String body : List.of(many, deepText, unit, oid)) {
      assertThatThrownBy(() -> conformance.validate(body))
          .as(body.substring(0, 100))
          .isInstanceOf(UnprocessableEntityException.class)
          .hasMessageContaining("Send it in parts");
    }
    assertThat(conformance.validate(OBSERVATION.formatted("\"valueString\":\"x\"")).getMessages())
        .isEmpty();
  }

  private static String times(int times, IntFunction<String> text) {
    return IntStream.range(0, times).mapToObj(text).collect(Collectors.joining(","));
  }
}
