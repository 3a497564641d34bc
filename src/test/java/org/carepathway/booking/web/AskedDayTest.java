package org.carepathway.booking.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AskedDayTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 30);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tomorrow",
        "2026-02-30",
        "1899-12-31",
        "3000-01-01",
        "+999999999-12-31",
        "-999999999-01-01"
      })
  void whatNoCalendarHoldsIsToday(String text) {
    assertThat(AskedDay.of(text, TODAY)).isEqualTo(TODAY);
  }

  @Test
  void aDayIsTaken() {
    assertThat(AskedDay.of("2026-12-01", TODAY)).isEqualTo(LocalDate.of(2026, 12, 1));
  }
}
