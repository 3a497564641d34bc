package org.carepathway.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.carepathway.outreach.OutreachStage;
import org.carepathway.worklist.WorkItem;

/** What patient, staff and rules of one simulated year share. */
final class YearScene {

  final Rehearsal stage;
  final OutreachStage outreach;
  final UsualAnswers usual;
  final YearFigures figures;
  final Journey journey;
  final Random random;
  final Set<UUID> forgotten = new HashSet<>();
  private final String name;
  private final PriorityQueue<Plan> plans = new PriorityQueue<>(Comparator.comparing(Plan::at));

  /** What somebody will do. */
  private record Plan(Instant at, Runnable action) {}

  YearScene(
      Rehearsal stage,
      OutreachStage outreach,
      UsualAnswers usual,
      YearFigures figures,
      Journey journey,
      Random random,
      String name) {
    this.stage = stage;
    this.outreach = outreach;
    this.usual = usual;
    this.figures = figures;
    this.journey = journey;
    this.random = random;
    this.name = name;
  }

  Instant now() {
    return stage.clock.instant();
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  boolean isActive() {
    return journey.pathway().isActive();
  }

  /** An open task; null once it is not. */
  WorkItem open(UUID id) {
    return isActive()
        ? journey.open().stream().filter(each -> each.id().equals(id)).findFirst().orElse(null)
        : null;
  }

  /** In which somebody can call. */
  Duration openingHours(Instant from, Instant to) {
    return outreach.openingHours(from, to);
  }

  void plan(Duration after, Runnable action) {
    plans.add(new Plan(now().plus(after), action));
  }

  /** When the next one acts; null for nobody. */
  Instant nextPlan() {
    return plans.isEmpty() ? null : plans.peek().at;
  }

  void act() {
    while (!plans.isEmpty() && !plans.peek().at.isAfter(now())) {
      plans.poll().action.run();
    }
  }

  void count(String what) {
    figures.count(what);
  }

  void fault(String what) {
    figures.fault(name + ": " + what);
  }

  void alarm(Duration task, Duration page) {
    figures.alarm(name, task, page);
  }
}
