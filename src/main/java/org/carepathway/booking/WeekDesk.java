package org.carepathway.booking;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.carepathway.booking.WeekDemands.Asked;
import org.carepathway.booking.WeekProposal.Left;
import org.carepathway.booking.WeekProposal.Row;
import org.carepathway.booking.WeekProposal.Why;
import org.carepathway.capacity.Free;
import org.carepathway.capacity.FreeTime;
import org.carepathway.capacity.FreeTimes;
import org.carepathway.capacity.Need;
import org.carepathway.capacity.Period;
import org.carepathway.security.CurrentUser;
import org.carepathway.weekplan.Demand;
import org.carepathway.weekplan.Planned;
import org.carepathway.weekplan.Supply;
import org.carepathway.weekplan.WeekPlanner;
import org.springframework.stereotype.Component;

/** Proposes a week to who keeps the wait list. No transaction is open while it is searched. */
@Component
public class WeekDesk {

  static final int DAYS = 7;

  private final WeekDemands demands;
  private final PresentBookings present;
  private final FreeTimes times;
  private final WeekPlanner planner;
  private final BookingLimits limits;
  private final CurrentUser user;
  private final Clock clock;

  WeekDesk(
      WeekDemands demands,
      PresentBookings present,
      FreeTimes times,
      WeekPlanner planner,
      BookingLimits limits,
      CurrentUser user,
      Clock clock) {
    this.demands = demands;
    this.present = present;
    this.times = times;
    this.planner = planner;
    this.limits = limits;
    this.user = user;
    this.clock = clock;
  }

  /** The week as it is booked; who waits has no time yet. */
  public List<Row> booked(LocalDate monday) {
    requireRight();
    return present.in(week(monday));
  }

  /**
   * @param pinned what stays as it was proposed
   * @throws ForbiddenOperationException (403) for other roles
   */
  public WeekProposal propose(LocalDate monday, Collection<Place> pinned) {
    requireRight();
    List<Asked> asked = demands.all();
    Period week = week(monday);
    Map<String, List<Free>> free =
        times.free(new Period(week.from(), week.to().plus(longest(asked))));
    Map<UUID, FreeTime> kept = new HashMap<>();
    pinned.forEach(place -> kept.put(place.pathwayId(), place.in(free)));
    Supply supply = new Supply(clock.getZone(), week, free);
    List<Instant> starts = supply.starts();
    return proposal(
        monday,
        asked,
        planner.plan(supply, asked.stream().map(each -> wishing(each, starts)).toList(), kept));
  }

  private Demand wishing(Asked asked, List<Instant> starts) {
    return asked
        .demand()
        .without(
            starts.stream()
                .filter(start -> !limits.against(asked.limits(), start).isEmpty())
                .collect(Collectors.toSet()));
  }

  private WeekProposal proposal(LocalDate monday, List<Asked> asked, List<Planned> plan) {
    Map<UUID, Asked> patients =
        asked.stream()
            .collect(Collectors.toMap(each -> each.who().pathwayId(), Function.identity()));
    List<Row> rows = new ArrayList<>(present.in(week(monday)));
    List<Left> left = new ArrayList<>();
    for (Planned each : plan) {
      Asked patient = patients.get(each.id());
      if (each.time() == null) {
        left.add(left(patient, each));
      } else {
        rows.add(row(patient, each));
      }
    }
    rows.sort(Comparator.comparing(Row::day).thenComparing(Row::room).thenComparing(Row::start));
    return new WeekProposal(monday, rows, left);
  }

  private Row row(Asked patient, Planned planned) {
    FreeTime time = planned.time();
    return new Row(
        LocalDate.ofInstant(time.start(), clock.getZone()),
        time.start(),
        PresentBookings.room(time.names()),
        PresentBookings.others(time.names()),
        patient.who().name(),
        patient.who().pathwayId(),
        new Why(
            Place.of(planned.id(), time),
            planned.pinned(),
            patient.who().priority(),
            patient.demand().waited(),
            patient.who().booked(),
            patient.limits().notBefore(),
            patient.limits().notAfter(),
            limits.against(patient.limits(), time.start())));
  }

  private static Left left(Asked patient, Planned planned) {
    return new Left(
        patient.who().pathwayId(),
        patient.who().name(),
        patient.who().priority(),
        planned.fitsAlone(),
        patient.limits().notBefore(),
        patient.limits().notAfter());
  }

  private static Duration longest(List<Asked> asked) {
    return Duration.ofMinutes(
        asked.stream()
            .flatMap(each -> each.demand().needs().stream())
            .mapToInt(Need::to)
            .max()
            .orElse(0));
  }

  private Period week(LocalDate monday) {
    return new Period(
        monday.atStartOfDay(clock.getZone()).toInstant(),
        monday.plusDays(DAYS).atStartOfDay(clock.getZone()).toInstant());
  }

  private void requireRight() {
    if (!user.mayOpen("week-plan")) {
      throw new ForbiddenOperationException("Your role does not plan the week.");
    }
  }
}
