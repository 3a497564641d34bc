package org.carepathway.weekplan;

import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.heuristic.selector.entity.EntitySelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.MoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.composite.CartesianProductMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.composite.UnionMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.ChangeMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.SwapMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.value.ValueSelectorConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchPhaseConfig;
import ai.timefold.solver.core.config.solver.SolverConfig;
import ai.timefold.solver.core.config.solver.termination.TerminationConfig;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.carepathway.capacity.Actor;
import org.carepathway.capacity.BookedAs;
import org.carepathway.capacity.Free;
import org.carepathway.capacity.FreeTime;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Proposes a whole week. It books nothing, and the same question gets the same answer where the
 * search ends by its count and not by the clock. Nothing else knows Timefold.
 */
@Component
public class WeekPlanner {

  private final TerminationConfig until;

  @Autowired
  WeekPlanner(WeekPlanSettings settings) {
    this(new TerminationConfig().withSpentLimit(settings.search()));
  }

  WeekPlanner(TerminationConfig until) {
    this.until = until;
  }

  /**
   * @param pinned what stays as it is; who is pinned to a time that is not free any more is planned
   *     anew
   * @return one for each that was asked for, in their order
   */
  public List<Planned> plan(Supply supply, List<Demand> demands, Map<UUID, FreeTime> pinned) {
    List<Visit> visits = demands.stream().map(each -> visit(each, supply, pinned)).toList();
    WeekPlan plan = new WeekPlan(supply, visits);
    FirstPlan first = new FirstPlan(supply, plan.starts());
    first.fill(visits);
    boolean searched =
        !plan.starts().isEmpty() && visits.stream().anyMatch(visit -> !visit.isPinned());
    WeekPlan best = searched ? factory(until).buildSolver().solve(plan) : plan;
    return best.visits().stream()
        .map(
            visit ->
                new Planned(
                    visit.id(),
                    visit.isPlanned() ? visit.time() : null,
                    visit.isPinned(),
                    visit.isPlanned() || first.fitsAlone(visit.demand())))
        .toList();
  }

  /** Local search from a whole plan: each visit is changed in one thing, in all, or swapped. */
  static SolverFactory<WeekPlan> factory(TerminationConfig until) {
    return SolverFactory.create(
        new SolverConfig()
            .withSolutionClass(WeekPlan.class)
            .withEntityClasses(Visit.class)
            .withConstraintProviderClass(WeekRules.class)
            .withRandomSeed(0L)
            .withTerminationConfig(until)
            .withPhases(
                new LocalSearchPhaseConfig()
                    .withMoveSelectorConfig(
                        new UnionMoveSelectorConfig()
                            .withMoveSelectors(
                                new ChangeMoveSelectorConfig(),
                                new SwapMoveSelectorConfig(),
                                all()))));
  }

  /** Start, room and operator of one visit at once: alone, each of them would mostly clash. */
  private static MoveSelectorConfig<?> all() {
    return new CartesianProductMoveSelectorConfig()
        .withMoveSelectors(
            Stream.of("start", "room", "operator")
                .map(WeekPlanner::change)
                .toArray(MoveSelectorConfig[]::new));
  }

  private static MoveSelectorConfig<?> change(String variable) {
    return new ChangeMoveSelectorConfig()
        .withEntitySelectorConfig(
            variable.equals("start")
                ? new EntitySelectorConfig().withId("visit")
                : EntitySelectorConfig.newMimicSelectorConfig("visit"))
        .withValueSelectorConfig(new ValueSelectorConfig(variable));
  }

  private static Visit visit(Demand demand, Supply supply, Map<UUID, FreeTime> pinned) {
    Visit visit = new Visit(demand, supply);
    FreeTime kept = pinned.get(demand.id());
    if (kept != null) {
      visit.at(kept.start());
      for (BookedAs kind : BookedAs.values()) {
        visit.with(kind, same(supply.of(kind), kept.names().get(kind.code())));
      }
      visit.pin();
    }
    return visit;
  }

  private static Free same(List<Free> some, Actor kept) {
    return some.stream()
        .filter(each -> kept != null && each.actor().id() == kept.id())
        .findFirst()
        .orElse(null);
  }
}
