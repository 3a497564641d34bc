package org.carepathway.weekplan;

import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.score.buildin.hardmediumsoft.HardMediumSoftScore;
import java.time.Instant;
import java.util.List;
import org.carepathway.capacity.BookedAs;
import org.carepathway.capacity.Free;

/** All visits of a week, and what they can be planned with. */
@PlanningSolution
class WeekPlan {

  @PlanningEntityCollectionProperty private List<Visit> visits;

  @ValueRangeProvider(id = "start")
  private List<Instant> starts;

  @ValueRangeProvider(id = "room")
  private List<Free> rooms;

  @ValueRangeProvider(id = "operator")
  private List<Free> operators;

  @ValueRangeProvider(id = "sedation-nurse")
  private List<Free> sedationNurses;

  @ValueRangeProvider(id = "recovery-bay")
  private List<Free> recoveryBays;

  @PlanningScore private HardMediumSoftScore score;

  /** For the solver, which copies plans. */
  WeekPlan() {}

  WeekPlan(Supply supply, List<Visit> visits) {
    this.visits = visits;
    this.starts = supply.starts();
    this.rooms = supply.of(BookedAs.ROOM);
    this.operators = supply.of(BookedAs.OPERATOR);
    this.sedationNurses = supply.of(BookedAs.SEDATION_NURSE);
    this.recoveryBays = supply.of(BookedAs.RECOVERY_BAY);
  }

  List<Visit> visits() {
    return visits;
  }

  List<Instant> starts() {
    return starts;
  }
}
