package org.carepathway.deviation;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.engine.Deviation;
import org.carepathway.pathway.Hold;
import org.carepathway.pathway.Holds;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.pathway.PlannedActivities;
import org.carepathway.record.Agent;
import org.carepathway.record.Records;
import org.carepathway.record.Trigger;
import org.carepathway.security.CurrentUser;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityStatus;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** People put a pathway on hold and let it go on; what they have not let go on by a day does so. */
@Component
public class HoldAndResume {

  private static final int LONGEST_HOLD_DAYS = 90;

  private final Deviations deviations;
  private final Pathways pathways;
  private final Holds holds;
  private final Deviation engine;
  private final Records records;
  private final CurrentUser user;
  private final Clock clock;

  HoldAndResume(
      Deviations deviations,
      Pathways pathways,
      Holds holds,
      Deviation engine,
      Records records,
      CurrentUser user,
      Clock clock) {
    this.deviations = deviations;
    this.pathways = pathways;
    this.holds = holds;
    this.engine = engine;
    this.records = records;
    this.user = user;
    this.clock = clock;
  }

  /**
   * Puts a pathway on hold: its timers stop, ordinary tasks cannot be completed. Alarms and all
   * that can be reported at any time still work.
   *
   * @param until the day on which it goes on by itself at the latest
   * @throws ForbiddenOperationException (403) for other roles
   * @throws ResourceVersionConflictException (409) when it has ended or is on hold already
   * @throws InvalidRequestException (400) without a known reason, or for a day that is not within
   *     {@value #LONGEST_HOLD_DAYS} days from now
   */
  @Transactional
  public void hold(UUID pathwayId, String reason, String note, LocalDate until) {
    Deviations.check(reason);
    Instant end = end(until);
    OpenPathway open = deviations.open(pathwayId, "hold");
    if (holds.find(pathwayId).isPresent()) {
      throw new ResourceVersionConflictException("The pathway is on hold already.");
    }
    Agent me = user.agent();
    holds.add(pathwayId, new Hold(reason, note, me.display(), clock.instant(), end));
    CarePlan plan = open.carePlan();
    plan.setStatus(CarePlanStatus.ONHOLD);
    PlannedActivities.move(plan, CarePlanActivityStatus.INPROGRESS, CarePlanActivityStatus.ONHOLD)
        .forEach(detail -> detail.setStatusReason(Deviations.reason(reason)));
    deviations.note(plan, note, me);
    open.record().write("Hold", plan);
    engine.hold(pathwayId);
  }

  /** Lets a pathway go on; errors as for {@link #hold}. */
  @Transactional
  public void resume(UUID pathwayId) {
    OpenPathway open = deviations.open(pathwayId, "resume");
    if (holds.find(pathwayId).isEmpty()) {
      throw new ResourceVersionConflictException("The pathway is not on hold.");
    }
    goOn(open);
  }

  /** Lets a pathway go on whose hold is over. */
  @Transactional
  void holdIsOver(UUID pathwayId) {
    OpenPathway open = pathways.open(pathwayId);
    Optional<Hold> hold =
        holds.find(pathwayId).filter(found -> !found.until().isAfter(clock.instant()));
    if (hold.isPresent() && open.pathway().isActive()) {
      records.triggeredBy(
          new Trigger(
              "%s/hold/%s/over".formatted(pathwayId, hold.get().since().toEpochMilli()),
              Agent.SERVICE));
      goOn(open);
    } else if (hold.isPresent()) {
      holds.remove(pathwayId);
    }
  }

  private void goOn(OpenPathway open) {
    UUID pathwayId = open.pathway().id();
    holds.remove(pathwayId);
    CarePlan plan = open.carePlan();
    plan.setStatus(CarePlanStatus.ACTIVE);
    PlannedActivities.move(plan, CarePlanActivityStatus.ONHOLD, CarePlanActivityStatus.INPROGRESS)
        .forEach(detail -> detail.setStatusReason(null));
    open.record().write("Resume", plan);
    engine.resume(pathwayId);
  }

  private Instant end(LocalDate until) {
    LocalDate today = LocalDate.now(clock);
    if (until == null
        || !until.isAfter(today)
        || until.isAfter(today.plusDays(LONGEST_HOLD_DAYS))) {
      throw new InvalidRequestException(
          "Choose a day within %d days from now.".formatted(LONGEST_HOLD_DAYS));
    }
    return until.atStartOfDay(clock.getZone()).toInstant();
  }
}
