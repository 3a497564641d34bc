package org.carepathway.booking;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.carepathway.calendar.TimeLimit;
import org.carepathway.calendar.WorkingTime;
import org.carepathway.capacity.Actor;
import org.carepathway.capacity.FreeTimes;
import org.carepathway.capacity.Period;
import org.carepathway.fact.PatientIdentity;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.security.CurrentUser;
import org.carepathway.security.PatientScope;
import org.carepathway.weekplan.WeekPlanSettings;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Holds the times of a plan that was accepted, each for its patient: somebody has to ask them, and
 * who takes them home, before it is booked. Each is a transaction of its own, so that one that is
 * not free any more keeps no other back.
 */
@Component
public class WeekAcceptance {

  private final WeekDemands demands;
  private final Pathways pathways;
  private final FittingTimes fitting;
  private final Offers offers;
  private final FreeTimes times;
  private final WorkingTime time;
  private final TimeLimit hold;
  private final TransactionTemplate transaction;
  private final PatientScope scope;
  private final CurrentUser user;
  private final Clock clock;

  WeekAcceptance(
      WeekDemands demands,
      Pathways pathways,
      FittingTimes fitting,
      Offers offers,
      FreeTimes times,
      WorkingTime time,
      WeekPlanSettings settings,
      TransactionTemplate transaction,
      PatientScope scope,
      CurrentUser user,
      Clock clock) {
    this.demands = demands;
    this.pathways = pathways;
    this.fitting = fitting;
    this.offers = offers;
    this.times = times;
    this.time = time;
    this.hold = TimeLimit.parse(settings.hold());
    this.transaction = transaction;
    this.scope = scope;
    this.user = user;
    this.clock = clock;
  }

  /**
   * What became of a row.
   *
   * @param until when it is held; null when it is refused
   */
  public record Outcome(UUID pathwayId, String patient, Instant start, Instant until) {}

  /**
   * @throws ForbiddenOperationException (403) for other roles
   */
  public List<Outcome> accept(Collection<Place> places) {
    if (!user.mayOpen("week-plan")) {
      throw new ForbiddenOperationException("Your role does not plan the week.");
    }
    return places.stream().map(this::accept).toList();
  }

  private Outcome accept(Place place) {
    OpenPathway open =
        pathways
            .view(place.pathwayId())
            .filter(each -> scope.isVisible(each.pathway().patientId()))
            .orElseThrow(PatientScope::nothingHere);
    return new Outcome(
        place.pathwayId(), PatientIdentity.name(open.patient()), place.start(), held(place));
  }

  /** Null when somebody else has it, or has asked the patient about another time meanwhile. */
  private Instant held(Place place) {
    try {
      return transaction.execute(status -> hold(place).orElse(null));
    } catch (DuplicateKeyException asked) {
      return null;
    }
  }

  private Optional<Instant> hold(Place place) {
    return demands
        .of(place.pathwayId())
        .filter(each -> each.who().booked() == null || place.start().isBefore(each.who().booked()))
        .flatMap(each -> pathways.view(place.pathwayId()))
        .flatMap(
            open ->
                fit(open, place)
                    .flatMap(
                        fit -> offers.make(null, open, fit, time.after(clock.instant(), hold))));
  }

  /** The very time that was proposed, when it still is in all limits and free. */
  private Optional<FittingTimes.Fit> fit(OpenPathway open, Place place) {
    Period start = new Period(place.start(), place.start().plusSeconds(1));
    return fitting
        .within(open, start, references(place, start))
        .filter(fit -> Place.of(place.pathwayId(), fit.time()).equals(place));
  }

  private Set<String> references(Place place, Period start) {
    return place.in(times.free(start)).names().values().stream()
        .map(Actor::reference)
        .collect(Collectors.toSet());
  }
}
