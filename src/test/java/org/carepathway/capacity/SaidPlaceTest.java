package org.carepathway.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which room or bay another system means by point of care, room and bed (AIL-3, PL of HL7 v2). */
class SaidPlaceTest {

  private static final String ROOM = "room";
  private static final String BAY = "recovery-bay";

  @ParameterizedTest
  @CsvSource({
    "R^Angio 1^, room, angio1, true",
    "Angio 1^^, room, angio1, true",
    "R^Angio 1^2, room, angio1, true",
    "RECOV^^Bay 4, recovery-bay, bay4, true",
    "RECOV^Bay 4^, recovery-bay, bay4, true",
    "Recovery^^A, recovery-bay, recoverya, true",
    "W3^12^A, recovery-bay, 12a, true",
    "Recovery^12^A, recovery-bay, recoverya, true",
    "^^A, recovery-bay, a, true",
    "W3^12^A, recovery-bay, a, false",
    "W3^^A, recovery-bay, a, false",
    "W3^12^A, room, a, false",
    "W3^^Angio 1, room, angio1, false",
    "W3^^Angio 1, room, w3, false",
    "W3^Angio 1^A, room, w3, false",
    "W3^2^, room, 2, false",
    "W3^2^, room, w32, true"
  })
  void aNameMeansAPlaceOfItsKind(String said, String kind, String key, boolean sure) {
    assertThat(place(said).sure(kind).contains(key)).isEqualTo(sure);
  }

  @Test
  void whatMayBeAPlaceOfAnotherWardIsDoubtful() {
    assertThat(place("W3^12^A").doubtful(BAY)).containsExactly("a");
    assertThat(place("W3^2^").doubtful(ROOM)).containsExactly("2");
    assertThat(place("^^A").doubtful(BAY)).isEmpty();
    assertThat(place("W3^12^A").doubtful(ROOM)).containsExactly("12");
    assertThat(place("RECOV^^Bay 4").doubtful(BAY)).isEmpty();
  }

  /** As it comes over FHIR, or from a message that was taken before. */
  @Test
  void inWordsEachPartIsTriedAndOneLetterIsDoubtful() {
    SaidPlace words = SaidPlace.of(new Reference().setDisplay("RAD, Angio 1, A"));
    assertThat(words.sure(ROOM)).contains("angio1", "rad").doesNotContain("a");
    assertThat(words.doubtful(BAY)).containsExactly("a");
    SaidPlace alone = SaidPlace.of(new Reference().setDisplay("A"));
    assertThat(alone.sure(BAY)).containsExactly("a");
    assertThat(SaidPlace.of(new Reference("Location/1")).sure(ROOM)).isEmpty();
    for (String odd : new String[] {null, "A", "W3^12^A^B"}) {
      Reference sent =
          new Reference()
              .setDisplay("Bay 4")
              .setIdentifier(
                  new Identifier().setType(new CodeableConcept().setText("PL")).setValue(odd));
      assertThat(SaidPlace.of(sent).sure(BAY)).as("only its words").containsExactly("bay4");
    }
  }

  private static SaidPlace place(String pl) {
    return SaidPlace.of(
        new Reference()
            .setDisplay(pl.replace("^", ", "))
            .setIdentifier(
                new Identifier().setType(new CodeableConcept().setText("PL")).setValue(pl)));
  }
}
