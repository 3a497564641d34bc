package org.carepathway.weekplan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carepathway.weekplan.Site.at;
import static org.carepathway.weekplan.Site.hour;

import ai.timefold.solver.core.api.score.buildin.hardmediumsoft.HardMediumSoftScore;
import ai.timefold.solver.core.api.score.constraint.ConstraintRef;
import ai.timefold.solver.core.api.solver.SolutionManager;
import ai.timefold.solver.core.config.solver.termination.TerminationConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.carepathway.capacity.BookedAs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule of a plan, by what a plan costs that breaks it and one that does not. */
class WeekRulesTest {

  private static final SolutionManager<WeekPlan, HardMediumSoftScore> SCORES =
      SolutionManager.create(WeekPlanner.factory(new TerminationConfig().withStepCountLimit(1)));

  private final Supply supply = Site.whole().supply();

  @ParameterizedTest
  @EnumSource(BookedAs.class)
  void oneOfAKindIsTakenOnceAtATime(BookedAs kind) {
    String rule = kind.code() + " once at a time";
    Visit first = visit(hour(1), at(0, "08:00"), 0);
    Visit other = visit(hour(2), at(0, "08:45"), 1);
    assertThat(hard(rule, first, other)).as("others").isZero();
    other.with(kind, first.with(kind));
    assertThat(hard(rule, first, other)).as("the same one").isEqualTo(-1);
    other.at(at(1, "08:45"));
    assertThat(hard(rule, first, other)).as("on another day").isZero();
  }

  @Test
  void aRoomIsTakenUntilItIsCleanAndABayUntilRecoveryIsOver() {
    Visit first = visit(hour(1), at(0, "08:00"), 0);
    Visit other = visit(hour(2), at(0, "09:15"), 0);
    assertThat(hard("room once at a time", first, other)).isEqualTo(-1);
    assertThat(hard("operator once at a time", first, other)).isZero();
    other.at(at(0, "09:30"));
    assertThat(hard("room once at a time", first, other)).isZero();
    assertThat(hard("recovery-bay once at a time", first, other)).isEqualTo(-1);
    other.at(at(0, "11:00"));
    assertThat(hard("recovery-bay once at a time", first, other)).isZero();
  }

  @ParameterizedTest
  @EnumSource(BookedAs.class)
  void oneOfAKindIsAtWorkAndNotTakenByOthers(BookedAs kind) {
    String rule = kind.code() + " at work and free";
    assertThat(hard(rule, visit(hour(1), at(0, "08:00"), 0))).isZero();
    assertThat(lastOne(rule, Site.whole().away(kind), kind)).as("no session").isEqualTo(-1);
    Site busy = Site.whole().with(kind, Site.taken(at(0, "08:30"), Duration.ofHours(4)));
    assertThat(lastOne(rule, busy, kind)).as("booked by others").isEqualTo(-1);
    Visit nobody = visit(hour(1), at(0, "08:00"), 0);
    nobody.with(kind, null);
    assertThat(hard(rule, nobody)).as("nobody at all").isEqualTo(-1);
  }

  /** What a visit costs with the last one of a kind. */
  private static int lastOne(String rule, Site site, BookedAs kind) {
    Supply whole = site.supply();
    Visit visit = visit(whole, hour(1), at(0, "08:00"), 0);
    visit.with(kind, whole.of(kind).get(whole.of(kind).size() - 1));
    return score(whole, rule, visit).hardScore();
  }

  @Test
  void nobodyBeginsSoLateThatTheSessionIsOverBefore() {
    assertThat(hard("operator at work and free", visit(hour(1), at(0, "15:00"), 0))).isZero();
    assertThat(hard("operator at work and free", visit(hour(1), at(0, "15:15"), 0))).isEqualTo(-1);
    assertThat(hard("room at work and free", visit(hour(1), at(0, "15:00"), 0)))
        .as("it is cleaned after the session")
        .isZero();
    assertThat(hard("recovery-bay at work and free", visit(hour(1), at(0, "12:15"), 0)))
        .as("recovery is over before the bay closes")
        .isEqualTo(-1);
  }

  @Test
  void noTimeBeforeTheEarliestAndNoneAfterTheLatest() {
    Demand bounded = demand(at(0, "10:00"), at(0, "12:00"), null, 1440, Set.of());
    assertThat(hard("not too early", visit(bounded, at(0, "09:45"), 0))).isEqualTo(-1);
    assertThat(hard("not too early", visit(bounded, at(0, "10:00"), 0))).isZero();
    assertThat(hard("not too late", visit(bounded, at(0, "12:00"), 0))).isZero();
    assertThat(hard("not too late", visit(bounded, at(0, "12:15"), 0))).isEqualTo(-1);
  }

  @Test
  void noStartAfterTheLatestOfTheDay() {
    Demand early = demand(null, null, null, 10 * 60, Set.of());
    assertThat(hard("not too late in the day", visit(early, at(0, "10:00"), 0))).isZero();
    assertThat(hard("not too late in the day", visit(early, at(0, "10:15"), 0))).isEqualTo(-1);
  }

  @Test
  void whoIsLeftOutCostsMoreByUrgencyAndByWaiting() {
    Demand calm = new Demand(new UUID(0, 1), 0, 0, Site.needs(), null, null, null, 1440, Set.of());
    Demand waits =
        new Demand(new UUID(0, 1), 0, 40, Site.needs(), null, null, null, 1440, Set.of());
    Demand urgent =
        new Demand(new UUID(0, 1), 50, 0, Site.needs(), null, null, null, 1440, Set.of());
    int least = medium("nobody left out", new Visit(calm, supply));
    int more = medium("nobody left out", new Visit(waits, supply));
    assertThat(least).isNegative().isGreaterThan(more);
    assertThat(more).isGreaterThan(medium("nobody left out", new Visit(urgent, supply)));
  }

  @Test
  void aGoalThatIsMissedCostsLessThanToBeLeftOut() {
    Demand goal = demand(null, null, at(0, "10:00"), 1440, Set.of());
    assertThat(medium("by the goal", visit(goal, at(0, "10:00"), 0))).isZero();
    assertThat(medium("by the goal", visit(goal, at(1, "10:00"), 0)))
        .isNegative()
        .isGreaterThan(medium("nobody left out", new Visit(goal, supply)));
  }

  @Test
  void laterDaysCostMoreForTheUrgent() {
    Demand urgent =
        new Demand(new UUID(0, 1), 75, 0, Site.needs(), null, null, null, 1440, Set.of());
    assertThat(soft("soon", visit(hour(1), at(0, "08:00"), 0))).isZero();
    int calm = soft("soon", visit(hour(1), at(1, "08:00"), 0));
    assertThat(calm).isNegative();
    assertThat(soft("soon", visit(urgent, at(1, "08:00"), 0))).isLessThan(calm);
  }

  @Test
  void whatThePatientWouldRatherNotHaveCosts() {
    Demand picky = demand(null, null, null, 1440, Set.of(at(0, "08:00")));
    assertThat(soft("as the patient likes", visit(picky, at(0, "08:00"), 0))).isNegative();
    assertThat(soft("as the patient likes", visit(picky, at(0, "08:15"), 0))).isZero();
  }

  @Test
  void twoOperatorsInOneRoomOnADayCostMoreThanOne() {
    Visit first = visit(hour(1), at(0, "08:00"), 0);
    Visit same = visit(hour(2), at(0, "11:00"), 0);
    int one = soft("few changes of operator", first, same);
    same.with(BookedAs.OPERATOR, supply.of(BookedAs.OPERATOR).get(1));
    assertThat(soft("few changes of operator", first, same)).isLessThan(one);
  }

  @ParameterizedTest
  @EnumSource(
      value = BookedAs.class,
      names = {"ROOM", "OPERATOR"})
  void evenUseCostsLessThanAllOnOne(BookedAs kind) {
    String rule = "even use of each " + kind.code();
    int even = soft(rule, visit(hour(1), at(0, "08:00"), 0), visit(hour(2), at(0, "11:00"), 1));
    int one = soft(rule, visit(hour(1), at(0, "08:00"), 0), visit(hour(2), at(0, "11:00"), 0));
    assertThat(one).isLessThan(even);
  }

  private Visit visit(Demand demand, Instant start, int which) {
    return visit(supply, demand, start, which);
  }

  private static Visit visit(Supply supply, Demand demand, Instant start, int which) {
    Visit visit = new Visit(demand, supply);
    visit.at(start);
    for (BookedAs kind : BookedAs.values()) {
      visit.with(kind, supply.of(kind).get(which));
    }
    return visit;
  }

  private static Demand demand(
      Instant earliest, Instant latest, Instant goal, int minute, Set<Instant> unliked) {
    return new Demand(new UUID(0, 1), 25, 0, Site.needs(), earliest, latest, goal, minute, unliked);
  }

  private int hard(String rule, Visit... visits) {
    return score(supply, rule, visits).hardScore();
  }

  private int medium(String rule, Visit... visits) {
    return score(supply, rule, visits).mediumScore();
  }

  private int soft(String rule, Visit... visits) {
    return score(supply, rule, visits).softScore();
  }

  private static HardMediumSoftScore score(Supply supply, String rule, Visit... visits) {
    return SCORES
        .analyze(new WeekPlan(supply, List.of(visits)))
        .constraintMap()
        .get(ConstraintRef.of(WeekRules.class.getPackageName(), rule))
        .score();
  }

  @Test
  void theNamesOfTheTestAreThoseOfTheRules() {
    assertThat(new TreeMap<>(SCORES.analyze(new WeekPlan(supply, List.of())).constraintMap()))
        .hasSize(2 * BookedAs.values().length + 10);
  }
}
