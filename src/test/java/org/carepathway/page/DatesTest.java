package org.carepathway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import org.carepathway.worklist.web.OwnMessages;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.i18n.LocaleContextHolder;

class DatesTest {

  private static final Instant NOW = Instant.parse("2026-11-22T13:05:00Z");

  private final Dates dates =
      new Dates(Clock.fixed(NOW, ZoneId.of("Europe/Berlin")), OwnMessages.SOURCE);

  @BeforeEach
  void speakEnglish() {
    LocaleContextHolder.setLocale(Locale.ENGLISH);
  }

  @AfterEach
  void forget() {
    LocaleContextHolder.resetLocaleContext();
  }

  @Test
  void eachLanguageHasItsOwnWords() {
    LocaleContextHolder.setLocale(Locale.forLanguageTag("es"));
    assertThat(dates.exact(NOW)).isEqualTo("22 nov 2026, 14:05");
    assertThat(dates.relative(NOW.plus(Duration.ofDays(3)))).isEqualTo("dentro de 3 días");
    assertThat(dates.relative(NOW.minus(Duration.ofHours(1)))).isEqualTo("hace 1 hora");
  }

  @ParameterizedTest
  @CsvSource({
    "Apixaban: last dose on 2026-12-11 at 15:59, Apixaban: last dose on 11 Dec 2026 at 15:59",
    "from 2026-12-11 to 2026-12-13, from 11 Dec 2026 to 13 Dec 2026",
    "LOT 2026-13-45 and 12026-12-11, LOT 2026-13-45 and 12026-12-11",
    "no day in it, no day in it",
  })
  void daysInATextAreReadAsPeopleWriteThem(String written, String read) {
    assertThat(dates.in(written)).isEqualTo(read);
  }

  @Test
  void exactIsTheTimeAtTheSite() {
    assertThat(dates.exact(NOW)).isEqualTo("22 Nov 2026, 14:05");
    assertThat(dates.now()).isEqualTo("22 Nov 2026, 14:05");
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, now",
    "PT59S, now",
    "PT1M, in 1 minute",
    "PT59M, in 59 minutes",
    "PT1H, in 1 hour",
    "PT-3H, 3 hours ago",
    "PT36H, in 2 days",
    "PT-312H, 13 days ago",
    "PT336H, in 2 weeks",
    "PT8736H, in 52 weeks"
  })
  void relativeTakesTheLargestUnitThatIsStillPrecise(Duration distance, String text) {
    assertThat(dates.relative(NOW.plus(distance))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "2026; 2026",
        "2026-09; Sep 2026",
        "2026-09-05; 5 Sep 2026",
        "2026-09-05T22:30:00Z; 6 Sep 2026, 00:30"
      })
  void fhirDatesKeepTheirPrecision(String value, String text) {
    assertThat(dates.text(new DateTimeType(value))).isEqualTo(text);
  }

  /** The machine's zone is that of the build, in a container UTC; a site may be west of it. */
  @ParameterizedTest
  @ValueSource(strings = {"Pacific/Honolulu", "America/New_York", "UTC", "Pacific/Kiritimati"})
  void aDayStaysThatDayInEveryZone(ZoneId zone) {
    Dates there = new Dates(Clock.fixed(NOW, zone), OwnMessages.SOURCE);
    assertThat(there.text(new DateType("1955-12-30"))).isEqualTo("30 Dec 1955");
    assertThat(there.text(new DateTimeType("1955-12"))).isEqualTo("Dec 1955");
  }

  @Test
  void ageIsInWholeYears() {
    assertThat(dates.age(LocalDate.of(1955, 11, 22))).isEqualTo(71);
    assertThat(dates.age(LocalDate.of(1955, 11, 23))).isEqualTo(70);
  }
}
