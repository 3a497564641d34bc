package org.carepathway.weekplan;

import static ai.timefold.solver.core.api.score.buildin.hardmediumsoft.HardMediumSoftScore.ONE_HARD;
import static ai.timefold.solver.core.api.score.buildin.hardmediumsoft.HardMediumSoftScore.ONE_MEDIUM;
import static ai.timefold.solver.core.api.score.buildin.hardmediumsoft.HardMediumSoftScore.ONE_SOFT;
import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.count;
import static ai.timefold.solver.core.api.score.stream.Joiners.equal;
import static ai.timefold.solver.core.api.score.stream.Joiners.lessThan;

import ai.timefold.solver.core.api.score.stream.Constraint;
import ai.timefold.solver.core.api.score.stream.ConstraintFactory;
import ai.timefold.solver.core.api.score.stream.ConstraintProvider;
import ai.timefold.solver.core.api.score.stream.uni.UniConstraintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.carepathway.capacity.BookedAs;

/**
 * What a plan may not do (hard), whom it may not leave out (medium: the urgent least of all), and
 * what makes one better than another (soft). Public for the solver, which makes it.
 */
public class WeekRules implements ConstraintProvider {

  /** Who is left out costs this, and more by urgency and by the days they have waited. */
  private static final int LEFT_OUT = 200;

  private static final int MOST_DAYS = 100;

  /** Less than to be left out: late is better than not at all. */
  private static final int GOAL_MISSED = 100;

  /** A day later, for somebody who is not urgent and has not waited. */
  private static final int A_DAY = 5;

  private static final int CHANGE_OF_OPERATOR = 10;
  private static final int UNLIKED = 30;

  @Override
  public Constraint[] defineConstraints(ConstraintFactory factory) {
    List<Constraint> rules = new ArrayList<>();
    for (BookedAs kind : BookedAs.values()) {
      rules.add(once(factory, kind));
      rules.add(atWorkAndFree(factory, kind));
    }
    rules.add(never(factory, Visit::isTooEarly, "not too early"));
    rules.add(never(factory, Visit::isTooLate, "not too late"));
    rules.add(never(factory, Visit::isTooLateInTheDay, "not too late in the day"));
    rules.add(nobodyLeftOut(factory));
    rules.add(goal(factory));
    rules.add(soon(factory));
    rules.add(liked(factory));
    rules.add(fewChanges(factory));
    rules.add(evenUse(factory, BookedAs.OPERATOR));
    rules.add(evenUse(factory, BookedAs.ROOM));
    return rules.toArray(Constraint[]::new);
  }

  private static Constraint once(ConstraintFactory factory, BookedAs kind) {
    return taking(factory, kind)
        .join(taking(factory, kind), equal(visit -> visit.actor(kind)), lessThan(Visit::id))
        .filter((visit, other) -> visit.clashes(other, kind))
        .penalize(ONE_HARD)
        .asConstraint(kind.code() + " once at a time");
  }

  private static Constraint atWorkAndFree(ConstraintFactory factory, BookedAs kind) {
    return planned(factory)
        .filter(visit -> visit.needs(kind) && !visit.isThere(kind))
        .penalize(ONE_HARD)
        .asConstraint(kind.code() + " at work and free");
  }

  private static Constraint never(ConstraintFactory factory, Predicate<Visit> broken, String name) {
    return planned(factory).filter(broken::test).penalize(ONE_HARD).asConstraint(name);
  }

  private static Constraint nobodyLeftOut(ConstraintFactory factory) {
    return factory
        .forEachIncludingUnassigned(Visit.class)
        .filter(visit -> !visit.isPlanned())
        .penalize(ONE_MEDIUM, visit -> LEFT_OUT + 4 * visit.demand().priority() + waited(visit))
        .asConstraint("nobody left out");
  }

  private static Constraint goal(ConstraintFactory factory) {
    return planned(factory)
        .filter(Visit::missesTheGoal)
        .penalize(ONE_MEDIUM, visit -> GOAL_MISSED + visit.demand().priority())
        .asConstraint("by the goal");
  }

  private static Constraint soon(ConstraintFactory factory) {
    return planned(factory)
        .penalize(
            ONE_SOFT,
            visit ->
                visit.dayOfWeek() * (A_DAY + visit.demand().priority() / 5 + waited(visit) / 10))
        .asConstraint("soon");
  }

  private static Constraint liked(ConstraintFactory factory) {
    return planned(factory)
        .filter(visit -> visit.demand().unliked().contains(visit.start()))
        .penalize(ONE_SOFT, visit -> UNLIKED)
        .asConstraint("as the patient likes");
  }

  /** Each operator that comes to a room on a day counts once. */
  private static Constraint fewChanges(ConstraintFactory factory) {
    return taking(factory, BookedAs.OPERATOR)
        .filter(visit -> visit.takes(BookedAs.ROOM))
        .groupBy(
            visit -> visit.actor(BookedAs.ROOM),
            Visit::day,
            visit -> visit.actor(BookedAs.OPERATOR))
        .penalize(ONE_SOFT, (room, day, operator) -> CHANGE_OF_OPERATOR)
        .asConstraint("few changes of operator");
  }

  /** The square of what each has: the same number for all is the least. */
  private static Constraint evenUse(ConstraintFactory factory, BookedAs kind) {
    return taking(factory, kind)
        .groupBy(visit -> visit.actor(kind), count())
        .penalize(ONE_SOFT, (actor, visits) -> visits * visits)
        .asConstraint("even use of each " + kind.code());
  }

  private static UniConstraintStream<Visit> planned(ConstraintFactory factory) {
    return factory.forEachIncludingUnassigned(Visit.class).filter(Visit::isPlanned);
  }

  private static UniConstraintStream<Visit> taking(ConstraintFactory factory, BookedAs kind) {
    return factory.forEachIncludingUnassigned(Visit.class).filter(visit -> visit.takes(kind));
  }

  private static int waited(Visit visit) {
    return (int) Math.min(MOST_DAYS, Math.max(0, visit.demand().waited()));
  }
}
