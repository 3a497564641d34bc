package org.carepathway.weekplan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carepathway.weekplan.Site.at;
import static org.carepathway.weekplan.Site.hour;

import ai.timefold.solver.core.config.solver.termination.TerminationConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.carepathway.capacity.BookedAs;
import org.carepathway.capacity.FreeTime;
import org.carepathway.capacity.Need;
import org.carepathway.capacity.Period;
import org.junit.jupiter.api.Test;

/** Whole weeks, planned with a search that ends by its count: the same each time. */
class WeekPlannerTest {

  private final WeekPlanner planner =
      new WeekPlanner(new TerminationConfig().withMoveCountLimit(5_000L));

  @Test
  void nothingIsTakenTwiceAndNobodyIsLeftOutWhoFits() {
    List<Demand> eight = IntStream.range(0, 8).mapToObj(Site::hour).toList();
    List<Planned> plan = planner.plan(Site.whole().supply(), eight, Map.of());
    assertThat(plan).extracting(Planned::id).containsExactlyElementsOf(ids(eight));
    assertThat(plan).allMatch(each -> each.time() != null && each.time().names().size() == 4);
    assertNothingTwice(plan);
  }

  @Test
  void theSameQuestionGetsTheSameAnswer() {
    List<Demand> some = IntStream.range(0, 8).mapToObj(Site::hour).toList();
    assertThat(planner.plan(Site.whole().supply(), some, Map.of()))
        .isEqualTo(planner.plan(Site.whole().supply(), some, Map.of()));
  }

  @Test
  void theUrgentAndThoseWhoHaveWaitedComeBeforeOthers() {
    Supply narrow =
        new Site().with(BookedAs.ROOM, Site.taken(at(0, "09:30"), Duration.ofDays(1))).supply();
    List<Need> room = List.of(new Need("room", 0, 90, 60));
    Demand calm = new Demand(new UUID(0, 1), 0, 3, room, null, null, null, 1440, Set.of());
    Demand waits = new Demand(new UUID(0, 2), 0, 30, room, null, null, null, 1440, Set.of());
    Demand urgent = new Demand(new UUID(0, 3), 75, 0, room, null, null, null, 1440, Set.of());
    Instant latest = at(0, "09:00");
    assertThat(left(planner.plan(narrow, until(latest, calm, waits), Map.of())))
        .containsExactly(calm.id());
    assertThat(left(planner.plan(narrow, until(latest, waits, urgent), Map.of())))
        .containsExactly(waits.id());
  }

  @Test
  void whoIsLeftOutIsToldWhetherOthersAreTheReason() {
    Supply narrow = new Site().with(BookedAs.ROOM, 1).supply();
    List<Demand> both = until(at(0, "08:00"), hour(1), hour(2));
    assertThat(planner.plan(narrow, both, Map.of()))
        .filteredOn(each -> each.time() == null)
        .singleElement()
        .satisfies(each -> assertThat(each.fitsAlone()).isTrue());
    assertThat(planner.plan(narrow, until(at(0, "07:00"), hour(1)), Map.of()))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.time()).isNull();
              assertThat(each.fitsAlone()).isFalse();
            });
  }

  /** Prints how long a first plan takes among many who wait; what fails it is a rule broken. */
  @Test
  void manyWhoWaitArePlannedToo() {
    Supply many =
        new Site()
            .with(BookedAs.ROOM, 6)
            .with(BookedAs.OPERATOR, 20)
            .with(BookedAs.SEDATION_NURSE, 6)
            .with(BookedAs.RECOVERY_BAY, 12)
            .supply();
    for (int count : new int[] {200}) {
      List<Demand> all = IntStream.range(0, count).mapToObj(Site::hour).toList();
      WeekPlanner once = new WeekPlanner(new TerminationConfig().withMoveCountLimit(1L));
      long begin = System.nanoTime();
      List<Planned> plan = once.plan(many, all, Map.of());
      System.out.printf(
          "planner: %d who wait, %d planned, %d ms%n",
          count,
          plan.stream().filter(each -> each.time() != null).count(),
          (System.nanoTime() - begin) / 1_000_000);
      assertNothingTwice(plan.stream().filter(each -> each.time() != null).toList());
      assertThat(left(plan)).hasSizeBetween(1, count - 30);
    }
  }

  @Test
  void whoIsPastTheTargetIsPlannedAllTheSame() {
    Demand late =
        new Demand(new UUID(0, 1), 25, 0, Site.needs(), null, null, at(0, "07:00"), 1440, Set.of());
    assertThat(planner.plan(Site.whole().supply(), List.of(late), Map.of()).get(0).time().start())
        .isEqualTo(at(0, "08:00"));
  }

  @Test
  void whatIsPinnedStaysAndWhatIsNotFreeAnyMoreIsPlannedAnew() {
    Supply supply = Site.whole().supply();
    List<Demand> some = IntStream.range(0, 4).mapToObj(Site::hour).toList();
    List<Planned> plan = planner.plan(supply, some, Map.of());
    FreeTime kept = new FreeTime(at(1, "10:00"), plan.get(0).time().names());
    List<Planned> again = planner.plan(supply, some, Map.of(some.get(0).id(), kept));
    assertThat(again.get(0)).isEqualTo(new Planned(some.get(0).id(), kept, true, true));
    assertNothingTwice(again);

    FreeTime gone = new FreeTime(at(3, "10:00"), plan.get(0).time().names());
    List<Planned> moved = planner.plan(supply, some, Map.of(some.get(0).id(), gone));
    assertThat(moved.get(0).pinned()).isFalse();
    assertThat(moved.get(0).time().start()).isNotEqualTo(gone.start());
  }

  @Test
  void twoWhoArePinnedToTheSameAreNotBothKept() {
    Supply supply = Site.whole().supply();
    List<Demand> two = List.of(hour(1), hour(2));
    FreeTime same = planner.plan(supply, two, Map.of()).get(0).time();
    List<Planned> plan =
        planner.plan(supply, two, Map.of(two.get(0).id(), same, two.get(1).id(), same));
    assertThat(plan).filteredOn(Planned::pinned).hasSize(1);
    assertNothingTwice(plan);
  }

  @Test
  void aKindOfWhichNothingIsSetUpIsNotAskedFor() {
    Supply rooms = new Site().with(BookedAs.ROOM, 1).supply();
    assertThat(planner.plan(rooms, List.of(hour(1)), Map.of()).get(0).time().names())
        .containsOnlyKeys("room");
    assertThat(planner.plan(new Site().supply(), List.of(hour(1)), Map.of()).get(0).time())
        .isNull();
  }

  @Test
  void theSearchFindsMoreThanOneAfterTheOther() {
    Supply supply = new Site().with(BookedAs.ROOM, 1).supply();
    Demand any = demand(1, 30, null, at(0, "12:00"));
    Demand only = demand(2, 29, null, at(0, "08:00"));
    assertThat(planner.plan(supply, List.of(any, only), Map.of()))
        .as("who can come at 8 only is not taken that time by somebody who can come later")
        .allMatch(each -> each.time() != null);
  }

  private static Demand demand(int id, int priority, Instant earliest, Instant latest) {
    return new Demand(
        new UUID(0, id), priority, 0, Site.needs(), earliest, latest, null, 1440, Set.of());
  }

  private static List<Demand> until(Instant latest, Demand... some) {
    return List.of(some).stream()
        .map(
            each ->
                new Demand(
                    each.id(),
                    each.priority(),
                    each.waited(),
                    each.needs(),
                    null,
                    latest,
                    null,
                    1440,
                    Set.of()))
        .toList();
  }

  private static List<UUID> left(List<Planned> plan) {
    return plan.stream().filter(each -> each.time() == null).map(Planned::id).toList();
  }

  private static List<UUID> ids(List<Demand> demands) {
    return demands.stream().map(Demand::id).toList();
  }

  private static void assertNothingTwice(List<Planned> plan) {
    for (Planned one : plan) {
      for (Planned other : plan) {
        for (Need need : Site.needs()) {
          if (one.id().compareTo(other.id()) < 0
              && one.time()
                  .names()
                  .get(need.kind())
                  .equals(other.time().names().get(need.kind()))) {
            assertThat(taken(one, need).overlaps(taken(other, need))).as("%s", need).isFalse();
          }
        }
      }
    }
  }

  private static Period taken(Planned planned, Need need) {
    Instant start = planned.time().start();
    return new Period(
        start.plus(Duration.ofMinutes(need.from())), start.plus(Duration.ofMinutes(need.to())));
  }
}
