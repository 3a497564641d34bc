package org.carepathway.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguagesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "-| en",
        "es| es",
        "es-MX,es;q=0.9,en;q=0.8| es-MX",
        "de-DE,de;q=0.9,es;q=0.5,en;q=0.4| es",
        "de| en",
        "*| en",
        "not a language!!| en"
      })
  void theFirstAcceptedLanguageThatIsOffered(String header, String language) {
    assertThat(Languages.accepted(header).toLanguageTag()).isEqualTo(language);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/worklist", "/worklist?scope=mine&stage=a%20b"})
  void onePageOfOursLeadsBackToItself(String back) {
    assertThat(PreferencesPage.isOurs(back)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "//evil.test", "/\\evil.test", "https://evil.test", "/a\r\nSet-Cookie: b"})
  void nobodyIsSentElsewhere(String back) {
    assertThat(PreferencesPage.isOurs(back)).isFalse();
  }
}
