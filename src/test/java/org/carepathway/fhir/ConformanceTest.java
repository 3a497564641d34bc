package org.carepathway.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetComponent;
import org.junit.jupiter.api.Test;

class ConformanceTest {

  private static final List<String> GRADES = List.of("none", "mild", "moderate", "severe", "worst");

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
}
