package org.carepathway.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When actors are at work, and which quarter hours are free. */
class AgendaTest {

  private static final TimeZone MACHINE = TimeZone.getDefault();
  private static final LocalDate MONDAY = LocalDate.of(2026, 11, 30);
  private static final Actor ROOM = new Actor(1, "room", "Angio 1", "Location/1", true);

  @AfterEach
  void theMachineIsWhereItWas() {
    TimeZone.setDefault(MACHINE);
  }

  @Test
  void aSessionIsOnItsDayOfEachWeekWhileItHolds() {
    Agenda agenda = agenda(ZoneOffset.UTC, List.of(session(480, 960, null)), List.of());
    assertThat(agenda.open(1, days(ZoneOffset.UTC, MONDAY, 14)))
        .containsExactly(
            new Period(at("2026-11-30T08:00:00Z"), at("2026-11-30T16:00:00Z")),
            new Period(at("2026-12-07T08:00:00Z"), at("2026-12-07T16:00:00Z")));
    assertThat(
            agenda(ZoneOffset.UTC, List.of(session(480, 960, MONDAY)), List.of())
                .open(1, days(ZoneOffset.UTC, MONDAY, 14)))
        .hasSize(1);
    assertThat(agenda.open(2, days(ZoneOffset.UTC, MONDAY, 14))).isEmpty();
  }

  @Test
  void leaveTakesOnlyItsTimeAndAnExtraSessionJoins() {
    Agenda agenda =
        agenda(
            ZoneOffset.UTC,
            List.of(session(480, 960, null)),
            List.of(
                exception("2026-11-30T10:00:00Z", "2026-11-30T11:00:00Z", false),
                exception("2026-11-30T16:00:00Z", "2026-11-30T18:00:00Z", true)));
    assertThat(agenda.open(1, days(ZoneOffset.UTC, MONDAY, 7)))
        .containsExactly(
            new Period(at("2026-11-30T08:00:00Z"), at("2026-11-30T10:00:00Z")),
            new Period(at("2026-11-30T11:00:00Z"), at("2026-11-30T18:00:00Z")));
  }

  @Test
  void aDayOnWhichTheSiteIsClosedHasNoSession() {
    Agenda agenda =
        new Agenda(ZoneOffset.UTC, MONDAY::equals, List.of(session(480, 960, null)), List.of());
    assertThat(agenda.open(1, days(ZoneOffset.UTC, MONDAY, 7))).isEmpty();
  }

  @Test
  void whatHasNoLengthIsRefused() {
    Instant time = at("2026-11-30T10:00:00Z");
    assertThatIllegalArgumentException().isThrownBy(() -> new Period(time, time));
    assertThatIllegalArgumentException().isThrownBy(() -> new Need("room", 60, 60, 60));
  }

  /** A session of the whole night: each quarter hour of the clock once, none that is not there. */
  @ParameterizedTest
  @CsvSource({
    "Europe/Madrid, 2026-03-29, 92",
    "Europe/Madrid, 2026-10-25, 100",
    "America/New_York, 2026-03-08, 92",
    "America/New_York, 2026-11-01, 100",
    "Australia/Lord_Howe, 2026-10-04, 94",
    "Australia/Lord_Howe, 2026-04-05, 98",
    "America/Santiago, 2026-09-06, 92",
    "America/Santiago, 2026-04-04, 100",
  })
  void onADayOnWhichTheClocksChangeEachQuarterHourIsThereOnce(
      ZoneId zone, LocalDate day, int quarters) {
    for (String machine : List.of("UTC", "Australia/Sydney", "Pacific/Honolulu")) {
      TimeZone.setDefault(TimeZone.getTimeZone(machine));
      Session night = new Session(UUID.randomUUID(), 1, day.getDayOfWeek(), 0, 1440, day, null);
      Agenda agenda = agenda(zone, List.of(night), List.of());
      Period whole = days(zone, day, 1);
      List<FreeTime> found =
          new Starts(
                  new SlotSearch(
                      List.of(new Need("room", 0, 15, 15)), Set.of(), whole, 1440, 200, 200, null),
                  List.of(
                      new Choice(
                          new Need("room", 0, 15, 15),
                          List.of(Free.of(ROOM, agenda.open(1, whole), List.of())))),
                  zone)
              .first(whole, 200);
      assertThat(found).as("%s from %s", day, machine).hasSize(quarters);
      assertThat(found).extracting(FreeTime::start).doesNotHaveDuplicates();
      List<Duration> steps = new ArrayList<>();
      for (int i = 1; i < found.size(); i++) {
        steps.add(Duration.between(found.get(i - 1).start(), found.get(i).start()));
      }
      assertThat(steps).containsOnly(Duration.ofMinutes(15));
      assertThat(found)
          .extracting(time -> time.start().atZone(zone))
          .allSatisfy(time -> assertThat(time.getMinute() % 15).isZero())
          .extracting(ZonedDateTime::toLocalDate)
          .containsOnly(day);
    }
  }

  /** A morning session begins at the same time of day before and after. */
  @Test
  void aSessionKeepsItsTimeOfDay() {
    ZoneId madrid = ZoneId.of("Europe/Madrid");
    Session sundays =
        new Session(
            UUID.randomUUID(), 1, DayOfWeek.SUNDAY, 480, 960, LocalDate.of(2026, 1, 1), null);
    assertThat(
            agenda(madrid, List.of(sundays), List.of())
                .open(1, days(madrid, LocalDate.of(2026, 3, 1), 60)))
        .hasSizeGreaterThan(7)
        .allSatisfy(
            open ->
                assertThat(open.from().atZone(madrid).toLocalTime()).isEqualTo(LocalTime.of(8, 0)));
  }

  private static Agenda agenda(
      ZoneId zone, List<Session> sessions, List<SessionException> exceptions) {
    return new Agenda(zone, day -> false, sessions, exceptions);
  }

  private static Session session(int from, int to, LocalDate last) {
    return new Session(UUID.randomUUID(), 1, DayOfWeek.MONDAY, from, to, MONDAY, last);
  }

  private static SessionException exception(String from, String to, boolean opens) {
    return new SessionException(
        UUID.randomUUID(), 1, new Period(at(from), at(to)), opens, "Course", "Test");
  }

  private static Period days(ZoneId zone, LocalDate first, int days) {
    return new Period(
        first.atStartOfDay(zone).toInstant(), first.plusDays(days).atStartOfDay(zone).toInstant());
  }

  private static Instant at(String time) {
    return Instant.parse(time);
  }
}
