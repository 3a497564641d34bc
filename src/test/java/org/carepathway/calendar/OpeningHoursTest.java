package org.carepathway.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The setting is short; people read days by their names. */
class OpeningHoursTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Mo-Fr 08:00-18:00 | en | Monday-Friday 08:00-18:00",
        "Mo-Fr 08:00-18:00; Sa 09:00-12:00 | es | lunes-viernes 08:00-18:00; sábado 09:00-12:00",
        "Su 10:00-12:00; Mo 08:00-16:00 | en | Monday 08:00-16:00; Sunday 10:00-12:00",
        "Mo 08:00-16:00; We 08:00-16:00 | en | Monday 08:00-16:00; Wednesday 08:00-16:00",
        "Mo-Su 00:00-23:59 | en | Monday-Sunday 00:00-23:59",
      })
  void daysAreNamed(String setting, String language, String read) {
    assertThat(OpeningHours.parse(setting).in(Locale.forLanguageTag(language))).isEqualTo(read);
  }
}
