package org.carepathway.booking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.carepathway.answers.Enquiry;
import org.carepathway.answers.Submissions;
import org.carepathway.calendar.TimeLimit;
import org.carepathway.calendar.WorkingTime;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.security.PatientScope;
import org.carepathway.weekplan.Demand;
import org.carepathway.weekplan.WeekPlanSettings;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who can be planned: all in sight who wait for a time and are not asked about one now. */
@Component
class WeekDemands {

  private final WaitingPatients waiting;
  private final WaitRows rows;
  private final Pathways pathways;
  private final Submissions submissions;
  private final BookingLimits limits;
  private final PatientScope scope;
  private final WorkingTime time;
  private final TimeLimit hold;
  private final Clock clock;

  WeekDemands(
      WaitingPatients waiting,
      WaitRows rows,
      Pathways pathways,
      Submissions submissions,
      BookingLimits limits,
      PatientScope scope,
      WorkingTime time,
      WeekPlanSettings settings,
      Clock clock) {
    this.waiting = waiting;
    this.rows = rows;
    this.pathways = pathways;
    this.submissions = submissions;
    this.limits = limits;
    this.scope = scope;
    this.time = time;
    this.hold = TimeLimit.parse(settings.hold());
    this.clock = clock;
  }

  /** Somebody who is to be planned, and why not at any time. */
  record Asked(Waiting who, Limits limits, Demand demand) {}

  @Transactional(readOnly = true)
  List<Asked> all() {
    return waiting().flatMap(who -> asked(who).stream()).toList();
  }

  /** Empty for somebody who does not wait any more, or is asked about another time. */
  @Transactional(readOnly = true)
  Optional<Asked> of(UUID pathwayId) {
    return waiting()
        .filter(who -> who.pathwayId().equals(pathwayId))
        .findFirst()
        .flatMap(this::asked);
  }

  private Stream<Waiting> waiting() {
    Set<UUID> asked = new HashSet<>(rows.asked());
    return waiting.all().stream()
        .filter(who -> !asked.contains(who.pathwayId()) && scope.isVisible(who.patientId()));
  }

  private Optional<Asked> asked(Waiting who) {
    scope.listed(who.patientId());
    return pathways
        .view(who.pathwayId())
        .flatMap(
            open ->
                Moving.of(open.content())
                    .map(moving -> limits(open, moving))
                    .map(limit -> new Asked(who, limit, demand(who, limit))));
  }

  private Limits limits(OpenPathway open, Moving moving) {
    return limits.of(
        BookingRule.of(open.content().questionnaire(moving.form())).orElseThrow(),
        open,
        moving.element(),
        submissions.prefilled(Enquiry.of(open, moving.form(), moving.element())).answers());
  }

  private Demand demand(Waiting who, Limits limit) {
    Instant now = clock.instant();
    return new Demand(
        who.pathwayId(),
        who.priority(),
        ChronoUnit.DAYS.between(who.since(), now),
        limit.needs(),
        earliest(limit, now),
        latest(who, limit),
        limit.goal().orElse(null),
        limit.latestMinute(),
        Set.of());
  }

  /**
   * A hold of a blood thinner begins when the time is booked, not when it is proposed: the time to
   * ask the patient comes before it. Else the form would refuse what was held for them.
   */
  private Instant earliest(Limits limit, Instant now) {
    return limit.notBefore() == null || limit.notBefore().at().isBefore(now)
        ? now
        : limit.notBefore().at().plus(Duration.between(now, time.after(now, hold)));
  }

  /** Who is booked and wants an earlier time is planned before their own, or not at all. */
  private static Instant latest(Waiting who, Limits limit) {
    Optional<Instant> own =
        Optional.ofNullable(who.booked()).map(at -> at.minus(Duration.ofMinutes(1)));
    return Stream.concat(own.stream(), limit.end().stream())
        .min(Comparator.naturalOrder())
        .orElse(null);
  }
}
