package org.carepathway.patient;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SearchWordsTest {

  @Test
  void wordsHaveNeitherCaseNorAccents() {
    assertThat(SearchWords.of("Mrs. Zoë O'Núñez-Müller", null, "MRN-00 12"))
        .containsExactly("mrs", "zoe", "o", "nunez", "muller", "mrn", "00", "12");
  }

  @Test
  void whatIsTypedCannotBecomeAnOperator() {
    assertThat(SearchWords.query("Núñ 12")).isEqualTo("'nun':* & '12':*");
    assertThat(SearchWords.query("a' | !b:*")).isEqualTo("'a':* & 'b':*");
    assertThat(SearchWords.query(" !! ")).isEmpty();
  }

  @Test
  void lettersThatOthersLackAreFoldedToo() {
    assertThat(SearchWords.of("Sørensen Łukasz Weiß Æbelø"))
        .containsExactly("sorensen", "lukasz", "weiss", "aebelo");
  }

  @Test
  void partsAreTheEndsOfWords() {
    assertThat(SearchWords.partsOf("Núñez 71")).containsExactly("nunez", "unez", "nez", "ez", "71");
  }

  @Test
  void theLongestWordIsLookedUp() {
    assertThat(SearchWords.longest("Ana Núñez 1234")).isEqualTo("'nunez':*");
    assertThat(SearchWords.longest("!")).isEmpty();
  }
}
