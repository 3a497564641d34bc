package org.carepathway.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.TimeZone;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a time limit is over. */
class SiteCalendarTest {

  private static final ZoneId MADRID = ZoneId.of("Europe/Madrid");
  private static final Predicate<LocalDate> NONE = day -> false;
  private static final String WEEK = "Mo-Fr 08:00-18:00";
  private static final TimeZone MACHINE = TimeZone.getDefault();

  @AfterEach
  void theMachineIsWhereItWas() {
    TimeZone.setDefault(MACHINE);
  }

  @ParameterizedTest
  @CsvSource({
    // Friday noon; over the weekend; the same hour where the site is open, else the nearest
    "2026-11-27T12:00, 1 working day, 2026-11-30T12:00",
    "2026-11-27T12:00, 2 working days, 2026-12-01T12:00",
    "2026-11-28T12:00, 1 working day, 2026-11-30T12:00",
    "2026-11-27T23:30, 1 working day, 2026-11-30T18:00",
    "2026-11-27T03:00, 1 working day, 2026-11-30T08:00",
    "2026-11-27T12:00, P1D, 2026-11-28T12:00",
    "2026-11-27T12:00, PT5M, 2026-11-27T12:05",
    "2026-11-27T12:00, P1D to a working day, 2026-11-30T12:00",
    "2026-11-27T12:00, P3D to a working day, 2026-11-30T12:00",
    "2026-11-27T20:00, P3D to a working day, 2026-11-30T20:00",
    // 48 hours after a Tuesday; a Thursday: Friday, not before 24 hours; late on a Thursday nothing
    // is open in its bounds; a Friday: when Monday begins
    "2026-11-24T15:00, PT48H on a working day between PT24H and PT72H, 2026-11-26T15:00",
    "2026-11-26T15:00, PT48H on a working day between PT24H and PT72H, 2026-11-27T15:00",
    "2026-11-26T19:00, PT48H on a working day between PT24H and PT72H, 2026-11-28T19:00",
    "2026-11-27T15:00, PT48H on a working day between PT24H and PT72H, 2026-11-30T08:00",
    "2026-11-27T07:00, PT48H on a working day between PT24H and PT72H, 2026-11-29T07:00",
    "2026-11-26T06:00, PT48H on a working day between PT24H and PT72H, 2026-11-27T08:00",
    // Closed by then: nobody would call on that day.
    "2026-11-25T22:05, PT48H on a working day between PT24H and PT72H, 2026-11-27T08:00",
    "2026-11-24T18:00, PT48H on a working day between PT24H and PT72H, 2026-11-26T08:00",
    "2026-11-24T17:59, PT48H on a working day between PT24H and PT72H, 2026-11-26T17:59",
    "2026-11-16T19:00, P10D on a working day between P10D and P12D, 2026-11-27T08:00",
    "2026-11-19T12:00, P10D on a working day between P8D and P12D, 2026-11-27T12:00",
    "2026-11-18T12:00, P10D on a working day between P10D and P12D, 2026-11-30T08:00",
  })
  void aLimitIsOverOnTheSitesClock(LocalDateTime begin, String limit, LocalDateTime end) {
    assertThat(after(new SiteCalendar(MADRID, OpeningHours.parse(WEEK), NONE), begin, limit))
        .isEqualTo(end);
  }

  @Test
  void holidaysAndClosuresAreNoWorkingDays() {
    SiteCalendar madrid =
        new SiteCalendar(
            MADRID,
            OpeningHours.parse(WEEK),
            PublicHolidays.of("es-md").or(LocalDate.of(2026, 12, 9)::equals));
    // Monday 7 is a bridge that this site works; 8 is Inmaculada; 9 the closure
    assertThat(after(madrid, LocalDateTime.of(2026, 12, 7, 12, 0), "1 working day"))
        .isEqualTo(LocalDateTime.of(2026, 12, 10, 12, 0));
  }

  @Test
  void aPartOfACountryHasItsOwnHolidays() {
    LocalDate madrid = LocalDate.of(2025, 5, 2);
    assertThat(PublicHolidays.of("es-md").test(madrid)).isTrue();
    assertThat(PublicHolidays.of("es").test(madrid)).isFalse();
    assertThat(PublicHolidays.of("").test(LocalDate.of(2026, 12, 25))).isFalse();
    assertThat(PublicHolidays.of("us").test(LocalDate.of(2026, 11, 26))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"xx", "es-xx", "atlantis"})
  void anUnknownRegionIsRefusedWithWhatThereIs(String region) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PublicHolidays.of(region))
        .withMessageContaining("there are");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Mo 18:00-08:00",
        "Mo 08:00-08:00",
        "Xx 08:00-18:00",
        "Mo-Fr 8-18",
        "Mo 25:00-26:00",
        "Mo-Fr 08:00-18:00; Fr 08:00-12:00"
      })
  void openingHoursThatCannotBeReadAreRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> OpeningHours.parse(text));
  }

  @Test
  void aSiteThatIsClosedForAYearIsSaidToBe() {
    SiteCalendar closed = new SiteCalendar(MADRID, OpeningHours.parse(WEEK), day -> true);
    assertThatIllegalStateException()
        .isThrownBy(() -> after(closed, LocalDateTime.of(2026, 11, 27, 12, 0), "1 working day"))
        .withMessageContaining("closed for a year");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2 days",
        "0 working days",
        "P",
        "working days",
        "4 working hours",
        "-1 working days"
      })
  void whatIsNoLimitIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TimeLimit.parse(text))
        .withMessageContaining("working days");
  }

  /** Four zones, both changes of the clock, each quarter hour, wherever the machine is. */
  @ParameterizedTest
  @CsvSource({
    "Europe/Madrid, 2026-03-29, 2026-10-25",
    "America/New_York, 2026-03-08, 2026-11-01",
    "Australia/Lord_Howe, 2026-04-05, 2026-10-04",
    "America/Santiago, 2026-04-05, 2026-09-06",
  })
  void aChangeOfTheClockMovesNoTimeOfDay(ZoneId zone, LocalDate one, LocalDate other) {
    SiteCalendar site = new SiteCalendar(zone, OpeningHours.parse("Mo-Su 00:00-23:59"), NONE);
    for (String machine : List.of("UTC", "Australia/Sydney", "Pacific/Honolulu")) {
      TimeZone.setDefault(TimeZone.getTimeZone(machine));
      for (LocalDate change : List.of(one, other)) {
        assertThat(change.minusDays(1).atStartOfDay(zone).getOffset())
            .as("%s changes on %s", zone, change)
            .isNotEqualTo(change.plusDays(1).atStartOfDay(zone).getOffset());
        for (LocalDate day : List.of(change.minusDays(1), change)) {
          for (int quarter = 0; quarter < 96; quarter++) {
            keepsTime(site, day.atTime(LocalTime.MIN.plusMinutes(15L * quarter)));
          }
        }
      }
    }
  }

  private static void keepsTime(SiteCalendar site, LocalDateTime local) {
    Instant begin = local.atZone(site.zone()).toInstant();
    ZonedDateTime shown = begin.atZone(site.zone());
    for (String limit : List.of("1 working day", "P1D", "P1D to a working day")) {
      Instant end = site.after(begin, TimeLimit.parse(limit));
      // a time that the next day does not have is the one that its clock shows instead
      assertThat(end)
          .as("%s after %s", limit, local)
          .isEqualTo(
              shown
                  .toLocalDate()
                  .plusDays(1)
                  .atTime(shown.toLocalTime())
                  .atZone(site.zone())
                  .toInstant());
    }
    assertThat(Duration.between(begin, site.after(begin, TimeLimit.parse("PT24H"))))
        .isEqualTo(Duration.ofHours(24));
  }

  private static LocalDateTime after(SiteCalendar site, LocalDateTime begin, String limit) {
    return site.after(begin.atZone(site.zone()).toInstant(), TimeLimit.parse(limit))
        .atZone(site.zone())
        .toLocalDateTime();
  }
}
