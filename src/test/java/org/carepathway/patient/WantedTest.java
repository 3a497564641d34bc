package org.carepathway.patient;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WantedTest {

  @ParameterizedTest
  @CsvSource({
    "Núñez 1950-12-24, 'nunez':*",
    "24.12.1950 Núñez, 'nunez':*",
    "24/12/1950 núñez, 'nunez':*",
    "NUNEZ 12/24/1950, 'nunez':*",
    "24-12-1950, ''"
  })
  void aDateOfBirthIsReadAsPeopleWriteIt(String typed, String words) {
    Wanted wanted = Wanted.of(typed);
    assertThat(wanted.days()).containsExactly(LocalDate.of(1950, 12, 24));
    assertThat(wanted.words().replace("'", "")).isEqualTo(words.replace("'", ""));
    assertThat(wanted.isVague()).isFalse();
  }

  @Test
  void aDateThatCanBeReadTwoWaysIsReadBothWays() {
    assertThat(Wanted.of("3/4/1950").days())
        .containsExactlyInAnyOrder(LocalDate.of(1950, 4, 3), LocalDate.of(1950, 3, 4));
  }

  @ParameterizedTest
  @CsvSource({
    "1950-12, 31, ''",
    "12/1950 Nunez, 31, 'nunez':*",
    "2.1952, 29, ''",
    "nunez 1950, 365, 'nunez':*",
    "1952, 366, ''"
  })
  void aMonthOrAYearIsEachOfItsDays(String typed, int days, String words) {
    Wanted wanted = Wanted.of(typed);
    assertThat(wanted.days()).hasSize(days).doesNotHaveDuplicates();
    assertThat(wanted.words().replace("'", "")).isEqualTo(words.replace("'", ""));
    assertThat(wanted.number()).as("it may be a number too").isNotEmpty();
    assertThat(wanted.isVague()).isFalse();
  }

  @Test
  void aDateMayBeANumber() {
    assertThat(Wanted.of("12-3-1950").number()).isEqualTo("'12':* & '3':* & '1950':*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "99.99.1950",
        "1950-13-41",
        "12-34-56",
        "555-123-4567",
        "1-2-3-1950",
        "13.1950",
        "1850"
      })
  void whatIsNoDayIsANumber(String typed) {
    Wanted wanted = Wanted.of(typed);
    assertThat(wanted.days()).isEmpty();
    assertThat(wanted.words()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a", "!!", "' | *", "a b c"})
  void tooLittleIsNotLookedFor(String typed) {
    assertThat(Wanted.of(typed).isVague()).isTrue();
  }
}
