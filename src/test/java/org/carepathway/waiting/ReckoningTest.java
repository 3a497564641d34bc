package org.carepathway.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.carepathway.calendar.OpeningHours;
import org.carepathway.calendar.SiteCalendar;
import org.carepathway.content.WaitingRule;
import org.carepathway.content.WaitingRule.Effect;
import org.carepathway.waiting.WaitingClock.State;
import org.junit.jupiter.api.Test;

/** Starts, pauses and stops of the waiting clock, on the days of the site. */
class ReckoningTest {

  private static final ZoneId MADRID = ZoneId.of("Europe/Madrid");
  private static final Set<LocalDate> HOLIDAYS = Set.of(LocalDate.of(2026, 11, 9));

  private static final String REFERRED = "2026-11-02T09:00";

  private String limit = "P14D";

  @Test
  void theDaysSinceTheReferralCountUpToTheLimit() {
    WaitingClock clock = clock("2026-11-13T08:00", start(REFERRED)).orElseThrow();
    assertThat(clock.state()).isEqualTo(State.RUNNING);
    assertThat(clock.days()).isEqualTo(11);
    assertThat(clock.paused()).isZero();
    assertThat(clock.breach()).isEqualTo(at("2026-11-16T09:00"));
    assertThat(clock.isBreached(at("2026-11-16T08:59"))).isFalse();
    assertThat(clock.isBreached(at("2026-11-16T09:00"))).isTrue();
  }

  @Test
  void beforeTheReferralNoClockRuns() {
    assertThat(clock("2026-11-01T09:00", start(REFERRED))).isEmpty();
    assertThat(clock("2026-11-03T09:00", stop("2026-11-02T10:00"))).isEmpty();
  }

  @Test
  void aChangeOfTheClocksMakesNoDayLonger() {
    for (String from : List.of("2026-10-20T09:00", "2026-03-24T09:00")) {
      Instant end = at(from).atZone(MADRID).plusDays(14).toInstant();
      String now = LocalDateTime.ofInstant(end, MADRID).toString();
      WaitingClock clock = clock(now, start(from)).orElseThrow();
      assertThat(clock.days()).isEqualTo(14);
      assertThat(clock.breach()).isEqualTo(end);
      WaitingClock paused =
          clock(now, start(from), pause(at(from).plusSeconds(86_400), end)).orElseThrow();
      assertThat(paused.days()).isEqualTo(1);
      assertThat(paused.breach().atZone(MADRID).toLocalTime()).isEqualTo("09:00");
    }
  }

  @Test
  void aPauseDoesNotCountAndMovesTheLimit() {
    WaitingClock clock =
        clock("2026-11-20T08:00", start(REFERRED), pause("2026-11-05T15:00", "2026-11-10T07:00"))
            .orElseThrow();
    assertThat(clock.paused()).isEqualTo(5);
    assertThat(clock.days()).isEqualTo(13);
    assertThat(clock.breach()).isEqualTo(at("2026-11-21T09:00"));
    assertThat(clock.state()).isEqualTo(State.RUNNING);
  }

  @Test
  void pausesThatOverlapCountOnce() {
    WaitingClock clock =
        clock(
                "2026-11-20T08:00",
                start(REFERRED),
                pause("2026-11-05T15:00", "2026-11-10T07:00"),
                pause("2026-11-06T15:00", "2026-11-08T07:00"),
                pause("2026-11-08T15:00", "2026-11-12T07:00"))
            .orElseThrow();
    assertThat(clock.paused()).isEqualTo(7);
    assertThat(clock.days()).isEqualTo(11);
  }

  @Test
  void whoIsPausedBreachesNothingHoweverLongItLasts() {
    WaitingClock clock =
        clock("2026-12-24T08:00", start(REFERRED), pause("2026-11-05T15:00", null)).orElseThrow();
    assertThat(clock.state()).isEqualTo(State.PAUSED);
    assertThat(clock.days()).isEqualTo(3);
    assertThat(clock.isBreached(at("2026-12-24T08:00"))).isFalse();
    assertThat(clock.breach()).isEqualTo(at("2027-01-04T09:00"));
  }

  @Test
  void aPauseThatIsStillToComeMovesTheLimitAndDoesNotCountYet() {
    WaitingClock clock =
        clock("2026-11-04T08:00", start(REFERRED), pause("2026-11-10T09:00", "2026-11-24T09:00"))
            .orElseThrow();
    assertThat(clock.state()).isEqualTo(State.RUNNING);
    assertThat(clock.days()).isEqualTo(2);
    assertThat(clock.paused()).isZero();
    assertThat(clock.breach()).isEqualTo(at("2026-11-30T09:00"));
  }

  @Test
  void aPauseAfterTheLimitMovesNothing() {
    WaitingClock clock =
        clock("2026-11-30T08:00", start(REFERRED), pause("2026-11-17T09:00", "2026-11-24T09:00"))
            .orElseThrow();
    assertThat(clock.breach()).isEqualTo(at("2026-11-16T09:00"));
    assertThat(clock.isBreached(at("2026-11-30T08:00"))).isTrue();
  }

  @Test
  void aStopEndsTheWaitAndANewStartBeginsAtZero() {
    WaitingClock over =
        clock("2026-12-20T08:00", start(REFERRED), stop("2026-11-12T10:00")).orElseThrow();
    assertThat(over.state()).isEqualTo(State.STOPPED);
    assertThat(over.days()).isEqualTo(10);
    assertThat(over.isBreached(at("2026-12-20T08:00"))).isFalse();
    WaitingClock late =
        clock("2026-12-20T08:00", start(REFERRED), stop("2026-11-17T10:00")).orElseThrow();
    assertThat(late.isBreached(at("2026-12-20T08:00"))).isTrue();
    WaitingClock again =
        clock(
                "2026-12-20T08:00",
                start(REFERRED),
                pause("2026-11-03T09:00", "2026-11-05T09:00"),
                stop("2026-11-12T10:00"),
                start("2026-12-10T10:00"))
            .orElseThrow();
    assertThat(again.state()).isEqualTo(State.RUNNING);
    assertThat(again.since()).isEqualTo(at("2026-12-10T10:00"));
    assertThat(again.days()).isEqualTo(10);
    assertThat(again.paused()).as("of the clock before").isZero();
  }

  @Test
  void aSecondStartDoesNotResetAClockThatRuns() {
    WaitingClock clock =
        clock("2026-11-13T08:00", start(REFERRED), start("2026-11-10T09:00")).orElseThrow();
    assertThat(clock.since()).isEqualTo(at(REFERRED));
  }

  @Test
  void whatOnlySaysThatTheClockGoesOnChangesNothing() {
    WaitingClock clock =
        clock("2026-11-13T08:00", start(REFERRED), found(Effect.GOES_ON, "2026-11-10T09:00", null))
            .orElseThrow();
    assertThat(clock.days()).isEqualTo(11);
    assertThat(clock.course()).hasSize(2);
  }

  @Test
  void aLimitInWorkingDaysAsksTheCalendarForPausesToo() {
    limit = "5 working days";
    WaitingClock clock = clock("2026-11-04T08:00", start(REFERRED)).orElseThrow();
    assertThat(clock.breach()).as("9 November is a holiday").isEqualTo(at("2026-11-10T09:00"));
    WaitingClock paused =
        clock("2026-11-08T08:00", start(REFERRED), pause("2026-11-04T09:00", "2026-11-08T07:00"))
            .orElseThrow();
    assertThat(paused.breach()).as("two working days later").isEqualTo(at("2026-11-12T09:00"));
  }

  @Test
  void aLimitToAWorkingDayIsMovedOn() {
    limit = "P5D to a working day";
    WaitingClock paused =
        clock("2026-11-06T08:00", start(REFERRED), pause("2026-11-04T09:00", "2026-11-05T09:00"))
            .orElseThrow();
    assertThat(paused.breach()).as("8 November is a Sunday").isEqualTo(at("2026-11-10T09:00"));
  }

  private Optional<WaitingClock> clock(String now, Happened... found) {
    SiteCalendar site =
        new SiteCalendar(MADRID, OpeningHours.parse("Mo-Fr 08:00-20:00"), HOLIDAYS::contains);
    return new Reckoning(limit, at(now), MADRID, day -> site).of(List.of(found));
  }

  private static Happened start(String at) {
    return found(Effect.START, at, null);
  }

  private static Happened stop(String at) {
    return found(Effect.STOP, at, null);
  }

  private static Happened pause(String at, String until) {
    return found(Effect.PAUSE, at, until);
  }

  private static Happened pause(Instant at, Instant until) {
    return new Happened(at, until, rule(Effect.PAUSE));
  }

  private static Happened found(Effect effect, String at, String until) {
    return new Happened(at(at), until == null ? null : at(until), rule(effect));
  }

  private static WaitingRule rule(Effect effect) {
    return new WaitingRule("a", effect, null, "now", null, Map.of(), "a source", "E1");
  }

  private static Instant at(String local) {
    return LocalDateTime.parse(local).atZone(MADRID).toInstant();
  }
}
