package org.carepathway.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A map of drugs that cannot be read right is refused, with what to do. */
class KindsCheckTest {

  private static final String FILE = "ConceptMap/kinds-of-drugs.json";

  @Test
  void theMapOfTheContentHasNoFault() {
    PathwayContent content = ContentOnDisk.content("vertebroplasty");

    assertThat(content.kinds()).isNotEmpty();
    assertThat(new KindsCheck(content).problems()).isEmpty();
    assertThat(ContentOnDisk.content("kyphoplasty").kinds()).hasSameSizeAs(content.kinds());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"http://www.whocc.no/atc\" | \"http://hl7.org/fhir/sid/ndc\" | http://hl7.org/fhir/sid/ndc: is a code system that is not read",
        "\"copyright\": \"RxNorm | \"contact\": [{\"name\": \"x\"}], \"publisher\": \"RxNorm | copyright: is not there",
        "\"code\": \"855302\" | \"code\": \"855288\" | 855288: is there twice",
        "\"code\": \"warfarin\" | \"code\": \"Warfarina\" | Warfarina: would fit no name",
        "\"code\": \"warfarin\" | \"code\": \"acenocumaról\" | would fit no name",
        "\"code\": \"allergen-beta-lactam\", | \"comment\": \"none\", | leads from a code to none",
      })
  void whatCannotBeReadIsRefused(String sound, String broken, String found) {
    PathwayContent content =
        ContentOnDisk.content(
            "vertebroplasty",
            (path, body) -> path.endsWith(FILE) ? body.replace(sound, broken) : body);

    assertThat(new KindsCheck(content).problems())
        .extracting(ContentProblem::toString)
        .anyMatch(problem -> problem.contains(found));
  }
}
