package org.carepathway.weekplan;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.entity.PlanningPin;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.carepathway.capacity.Actor;
import org.carepathway.capacity.BookedAs;
import org.carepathway.capacity.Free;
import org.carepathway.capacity.FreeTime;
import org.carepathway.capacity.Need;
import org.carepathway.capacity.Period;

/** When and with whom somebody is planned; without a start they are not. */
@PlanningEntity
class Visit {

  @PlanningId private UUID id;
  @PlanningPin private boolean pinned;
  private Demand demand;
  private Supply supply;

  @PlanningVariable(valueRangeProviderRefs = "start", allowsUnassigned = true)
  private Instant start;

  @PlanningVariable(valueRangeProviderRefs = "room", allowsUnassigned = true)
  private Free room;

  @PlanningVariable(valueRangeProviderRefs = "operator", allowsUnassigned = true)
  private Free operator;

  @PlanningVariable(valueRangeProviderRefs = "sedation-nurse", allowsUnassigned = true)
  private Free sedationNurse;

  @PlanningVariable(valueRangeProviderRefs = "recovery-bay", allowsUnassigned = true)
  private Free recoveryBay;

  /** For the solver, which copies visits. */
  Visit() {}

  Visit(Demand demand, Supply supply) {
    this.id = demand.id();
    this.demand = demand;
    this.supply = supply;
  }

  Demand demand() {
    return demand;
  }

  UUID id() {
    return id;
  }

  Instant start() {
    return start;
  }

  boolean isPinned() {
    return pinned;
  }

  void pin() {
    pinned = true;
  }

  boolean isPlanned() {
    return start != null;
  }

  void at(Instant newStart) {
    start = newStart;
  }

  void leaveOut() {
    pinned = false;
    start = null;
  }

  Free with(BookedAs kind) {
    return switch (kind) {
      case ROOM -> room;
      case OPERATOR -> operator;
      case SEDATION_NURSE -> sedationNurse;
      case RECOVERY_BAY -> recoveryBay;
    };
  }

  void with(BookedAs kind, Free one) {
    switch (kind) {
      case ROOM -> room = one;
      case OPERATOR -> operator = one;
      case SEDATION_NURSE -> sedationNurse = one;
      case RECOVERY_BAY -> recoveryBay = one;
    }
  }

  /** A kind of which nothing is set up is not needed: it is booked by name. */
  boolean needs(BookedAs kind) {
    return need(kind) != null && !supply.of(kind).isEmpty();
  }

  /** Whether it is planned, and takes one of a kind. */
  boolean takes(BookedAs kind) {
    return isPlanned() && needs(kind) && with(kind) != null;
  }

  /** One that is at work and that nobody else has, apart from other visits of the plan. */
  boolean isThere(BookedAs kind) {
    return with(kind) != null && with(kind).at(present(kind), taken(kind));
  }

  long actor(BookedAs kind) {
    return with(kind).actor().id();
  }

  /** From when to when nobody else can have it. */
  Period taken(BookedAs kind) {
    return new Period(start.plus(minutes(need(kind).from())), start.plus(minutes(need(kind).to())));
  }

  boolean clashes(Visit other, BookedAs kind) {
    return takes(kind)
        && other.takes(kind)
        && actor(kind) == other.actor(kind)
        && taken(kind).overlaps(other.taken(kind));
  }

  boolean isTooEarly() {
    return demand.earliest() != null && start.isBefore(demand.earliest());
  }

  boolean isTooLate() {
    return demand.latest() != null && start.isAfter(demand.latest());
  }

  boolean isTooLateInTheDay() {
    return supply.minute(start) > demand.latestMinute();
  }

  boolean missesTheGoal() {
    return demand.goal() != null && start.isAfter(demand.goal());
  }

  LocalDate day() {
    return supply.day(start);
  }

  /** From the begin of the week, 0 to 6. */
  int dayOfWeek() {
    return (int) Duration.between(supply.week().from(), start).toDays();
  }

  FreeTime time() {
    Map<String, Actor> names = new LinkedHashMap<>();
    for (BookedAs kind : BookedAs.values()) {
      if (takes(kind)) {
        names.put(kind.code(), with(kind).actor());
      }
    }
    return new FreeTime(start, names);
  }

  private Period present(BookedAs kind) {
    Need need = need(kind);
    return new Period(start.plus(minutes(need.from())), start.plus(minutes(need.present())));
  }

  private Need need(BookedAs kind) {
    for (Need need : demand.needs()) {
      if (need.kind().equals(kind.code())) {
        return need;
      }
    }
    return null;
  }

  private static Duration minutes(int count) {
    return Duration.ofMinutes(count);
  }
}
