package org.carepathway.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.CodeSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A card that could not be shown, or leads nowhere, is found before anybody is on the pathway. */
class CardCheckTest {

  private static final FhirPaths PATHS = new FhirPaths(FhirContext.forR4Cached());

  private static final String WHOLE =
      """
      prefetch:
        order-sign: {drugs: "MedicationRequest?patient={{context.patientId}}&status=active"}
      reasons: {known: Known already}
      cards:
        one:
          hooks: [order-sign]
          when: "%record.exists() and %drugs.exists()"
          blanks: ["%referral.authoredOn"]
          indicator: warning
          summary: "Since {0}"
          tasks: [Triage]
          reasons: [known]
      """;

  private static List<ContentProblem> problems(String yaml) {
    return new CardCheck("cards.yaml", Cards.parse(yaml), Set.of("Triage"), PATHS).problems();
  }

  @Test
  void aWholeCardHasNoFault() {
    assertThat(problems(WHOLE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[order-sign]            | [patient-view]      | asks for %drugs",
        "[order-sign]            | [appointment-book]  | names a hook that is not known",
        "hooks: [order-sign]     | hooks: []           | names a hook that is not known",
        "%record.exists() and    | %nothing.exists() and | asks for %nothing",
        "and %drugs.exists()     | and ((              | Cannot read",
        "warning                 | hard-stop           | no such indicator",
        "Since {0}               | Since then          | no text for a blank",
        "Since {0}               | Since {0} and {1}   | no text for a blank",
        "tasks: [Triage]         | tasks: [Other]      | names no task",
        "reasons: [known]        | reasons: [other]    | names no reason",
        "hooks: [order-sign]     | for: not on the pathway\\n    hooks: [order-sign] | asks for %record",
      })
  void whatIsWrongIsFound(String part, String instead, String problem) {
    assertThat(problems(WHOLE.replace(part.strip(), instead.strip().replace("\\n", "\n"))))
        .extracting(ContentProblem::problem)
        .anyMatch(told -> told.contains(problem));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MedicationRequest?patient={{context.patientId}}&_include=MedicationRequest:medication",
        "MedicationRequest?patient={{context.medication.id}}",
        "MedicationRequest?patient={{userPractitionerId}}",
        "MedicationRequest?status:not=active&patient={{context.patientId}}",
        "Patient/{{context.patientId}}/$everything"
      })
  void aPrefetchIsASearchThatEveryEhrTakes(String query) {
    assertThat(
            problems(
                WHOLE.replace(
                    "MedicationRequest?patient={{context.patientId}}&status=active", query)))
        .extracting(ContentProblem::element)
        .contains("prefetch.drugs");
  }

  @Test
  void aSummaryIsShort() {
    assertThat(problems(WHOLE.replace("Since", "Since ".repeat(30))))
        .extracting(ContentProblem::problem)
        .contains("has a long summary.");
  }

  @Test
  void aCardWithoutItsPartsIsNone() {
    assertThatThrownBy(() -> problems(WHOLE.replace("when:", "whenever:")))
        .hasMessageContaining("the card 'one' has no 'when'");
    assertThatThrownBy(() -> problems("prefetch: {}")).hasMessageContaining("needs 'cards'");
  }

  /** What an EHR shows as a reason is what the code means. */
  @Test
  void theReasonsOfTheContentAreThoseOfTheCodeSystem() throws Exception {
    CodeSystem codes =
        FhirContext.forR4Cached()
            .newJsonParser()
            .parseResource(
                CodeSystem.class,
                Files.readString(Path.of("fhir-profiles/base/CodeSystem/card-override.json")));
    assertThat(Cards.parse(Files.readString(Path.of("bpmn/vertebroplasty/cards.yaml"))).reasons())
        .isEqualTo(
            codes.getConcept().stream()
                .collect(Collectors.toMap(one -> one.getCode(), one -> one.getDisplay())));
  }
}
