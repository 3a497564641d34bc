package org.carepathway.booking;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.carepathway.capacity.Bookings;
import org.carepathway.capacity.CapacitySettings;
import org.carepathway.capacity.OfferedTimes;
import org.carepathway.fact.PatientIdentity;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.security.CurrentUser;
import org.carepathway.security.PatientScope;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.WorkItems;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The wait list as the scheduler sees it: who waits, what is offered to whom, and the answer. */
@Component
public class WaitDesk {

  private final WaitRows rows;
  private final WaitingPatients waiting;
  private final WorkItems items;
  private final Bookings bookings;
  private final OfferedTimes offered;
  private final CapacitySettings settings;
  private final Pathways pathways;
  private final PatientScope scope;
  private final CurrentUser user;
  private final Clock clock;

  WaitDesk(
      WaitRows rows,
      WaitingPatients waiting,
      WorkItems items,
      Bookings bookings,
      OfferedTimes offered,
      CapacitySettings settings,
      Pathways pathways,
      PatientScope scope,
      CurrentUser user,
      Clock clock) {
    this.rows = rows;
    this.waiting = waiting;
    this.items = items;
    this.bookings = bookings;
    this.offered = offered;
    this.settings = settings;
    this.pathways = pathways;
    this.scope = scope;
    this.user = user;
    this.clock = clock;
  }

  /**
   * An offer and whom it was made.
   *
   * @param open whether it can be answered now
   */
  public record Line(Offered offer, String name, boolean open) {}

  /**
   * Where an accepted time is booked.
   *
   * @param task that books it; null where a booking is moved instead
   */
  public record Accepted(UUID pathwayId, UUID task, Instant start) {}

  /** Who waits and is in sight, the first to be asked first. */
  @Transactional(readOnly = true)
  public List<Waiting> waiting() {
    return waiting.all().stream().filter(each -> scope.isVisible(each.patientId())).toList();
  }

  /** Offers to patients in sight, those that can be answered first. */
  @Transactional(readOnly = true)
  public List<Line> offers() {
    return rows.newest().stream()
        .filter(each -> isVisible(each.pathwayId()))
        .map(
            each ->
                new Line(
                    each,
                    pathways
                        .view(each.pathwayId())
                        .map(open -> PatientIdentity.name(open.patient()))
                        .orElse(""),
                    each.answer() == null && each.answerBy().isAfter(clock.instant())))
        .toList();
  }

  /**
   * Keeps the answer to an offer. An accepted time is held while it is booked.
   *
   * @throws ForbiddenOperationException (403) for other roles
   * @throws ResourceVersionConflictException (409) when it cannot be answered any more
   */
  @Transactional
  public Accepted answer(UUID id, boolean accepted) {
    requireRight();
    Offered offer = rows.find(id).orElseThrow(PatientScope::nothingHere);
    if (!isVisible(offer.pathwayId())) {
      throw PatientScope.nothingHere();
    }
    Instant now = clock.instant();
    if (!rows.answer(id, accepted ? "accepted" : "declined", now, user.agent().display())) {
      throw new ResourceVersionConflictException(
          "The time to answer is over, or somebody has entered the answer: nothing was changed.");
    }
    if (accepted) {
      offered.holdUntil(id.toString(), now.plus(settings.hold()));
    } else {
      bookings.free(id.toString());
    }
    return new Accepted(offer.pathwayId(), task(offer.pathwayId()), offer.start());
  }

  /** Somebody who is booked wants an earlier time. */
  @Transactional
  public void wantsEarlier(UUID pathwayId) {
    requireRight();
    Pathway pathway =
        pathways
            .find(pathwayId)
            .filter(each -> scope.isVisible(each.patientId()))
            .orElseThrow(PatientScope::nothingHere);
    if (bookings.start(pathway.referralId()).isEmpty()) {
      throw new ResourceVersionConflictException(
          "The patient is not booked: who is ready and not booked waits by that already.");
    }
    rows.add(pathwayId, clock.instant(), user.agent().display());
  }

  @Transactional
  public void noLonger(UUID pathwayId) {
    requireRight();
    rows.remove(pathwayId);
  }

  private UUID task(UUID pathwayId) {
    String element =
        pathways
            .view(pathwayId)
            .flatMap(open -> Moving.of(open.content()))
            .map(Moving::element)
            .orElse("");
    return items.ofPathway(pathwayId).stream()
        .filter(item -> item.isOpen() && item.element().equals(element))
        .map(WorkItem::id)
        .findFirst()
        .orElse(null);
  }

  private boolean isVisible(UUID pathwayId) {
    return pathways.find(pathwayId).filter(each -> scope.isVisible(each.patientId())).isPresent();
  }

  private void requireRight() {
    if (!user.mayOpen("wait-list")) {
      throw new ForbiddenOperationException("Your role does not keep the wait list.");
    }
  }
}
