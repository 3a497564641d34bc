package org.carepathway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.carepathway.waiting.WaitingClock;
import org.carepathway.waiting.WaitingClock.State;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rules of the delivered table, each at patients for whom it happens. */
@Tag("rehearsal")
class WaitingClockTest {

  private static Rehearsal stage;

  @BeforeAll
  static void open() throws IOException {
    stage = Rehearsal.open();
  }

  @Test
  void theReferralStartsItAndTheTreatmentStopsIt() {
    List<WaitingClock> course = played("happy-path");
    assertThat(course.get(0).state()).isEqualTo(State.RUNNING);
    assertThat(course.get(0).days()).isZero();
    WaitingClock last = last(course);
    assertThat(rules(last)).startsWith("referral-received").contains("treated");
    assertThat(last.state()).isEqualTo(State.STOPPED);
    assertThat(last.since()).isEqualTo(course.get(0).since());
    assertThat(last.stopped()).isBefore(last.breach());
  }

  @Test
  void painThatIsTreatedFirstStopsItAndTheNextScoreStartsANewOne() {
    List<WaitingClock> course = played("optimise-medical");
    assertThat(course).extracting(WaitingClock::state).contains(State.STOPPED);
    WaitingClock last = last(course);
    assertThat(last.state()).isEqualTo(State.RUNNING);
    assertThat(last.days()).isLessThan(2);
    assertThat(last.since()).isAfter(course.get(0).since());
    assertThat(last.limit()).as("triaged as urgent").isEqualTo("P14D");
    assertThat(course.get(0).limit()).isEqualTo("P28D");
  }

  @Test
  void aDeferralPausesItUntilThePatientIsFit() {
    List<WaitingClock> course = played("deferred-for-an-infection");
    assertThat(course).extracting(WaitingClock::state).contains(State.PAUSED);
    WaitingClock last = last(course);
    assertThat(last.state()).isEqualTo(State.RUNNING);
    assertThat(last.paused()).as("5 days and 4 more").isEqualTo(9);
  }

  @Test
  void aDateThatThePatientPutsOffDoesNotCountUntilTheNextOne() {
    List<WaitingClock> course = played("cancelled-by-the-patient");
    WaitingClock before =
        course.stream().filter(one -> one.limit().equals("P14D")).findFirst().orElseThrow();
    WaitingClock last = last(course);
    assertThat(rules(last)).contains("put-off-by-the-patient");
    assertThat(last.state()).isEqualTo(State.RUNNING);
    assertThat(last.breach())
        .as("from the 12th to the 16th")
        .isEqualTo(before.breach().plus(Duration.ofDays(4)));
  }

  @Test
  void whoDoesNotComeWaitsOnUntilTheyGoBackToTheReferrer() {
    List<WaitingClock> course = played("no-show-twice");
    WaitingClock last = last(course);
    assertThat(rules(last)).contains("missed", "ended").doesNotContain("put-off-by-the-patient");
    assertThat(last.paused()).isZero();
    assertThat(last.state()).isEqualTo(State.STOPPED);
    assertThat(course.get(course.size() - 3).state()).isEqualTo(State.RUNNING);
  }

  @Test
  void whatTheHospitalMovesCountsOn() {
    WaitingClock last = last(played("date-taken-by-another-system"));
    assertThat(rules(last)).contains("put-off-by-the-hospital");
    assertThat(last.paused()).isZero();
  }

  @Test
  void theListShowsWhatWasReckoned() {
    ScenarioRun.play(
        stage,
        ScenarioRun.read(file("deferred-for-an-infection")),
        (step, journey) -> {
          stage.waitingUpkeep.look();
          WaitingClock clock = stage.waitingClocks.of(journey.view()).orElseThrow();
          Map<String, Object> row =
              stage.jdbc.queryForMap(
                  "select * from waiting_clock where pathway_id = ?", journey.pathwayId());
          assertThat(row.get("state")).isEqualTo(clock.state().code());
          assertThat(row.get("days")).isEqualTo(clock.days());
          assertThat(row.get("look_at"))
              .isEqualTo(
                  Timestamp.from(
                      LocalDate.now(stage.clock)
                          .plusDays(1)
                          .atStartOfDay(stage.clock.getZone())
                          .toInstant()));
        });
  }

  private static List<WaitingClock> played(String scenario) {
    List<WaitingClock> course = new ArrayList<>();
    ScenarioRun.play(
        stage,
        ScenarioRun.read(file(scenario)),
        (step, journey) -> course.add(stage.waitingClocks.of(journey.view()).orElseThrow()));
    course.forEach(
        clock -> {
          assertThat(clock.days()).isNotNegative();
          assertThat(clock.paused()).isNotNegative();
        });
    return course;
  }

  private static Path file(String scenario) {
    return Path.of("bpmn/vertebroplasty/scenarios/%s.yaml".formatted(scenario));
  }

  private static WaitingClock last(List<WaitingClock> course) {
    return course.get(course.size() - 1);
  }

  private static List<String> rules(WaitingClock clock) {
    return clock.course().stream().map(one -> one.rule().name()).toList();
  }
}
