package org.carepathway.capacity;

import java.util.List;
import java.util.Set;
import org.carepathway.duty.Duties;
import org.carepathway.duty.DutyKind;
import org.carepathway.security.Role;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentParticipantComponent;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Reference;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What another system has booked: it is busy, and not refused, since it has happened there already.
 */
@Component
public class ForeignTimes {

  private static final Set<AppointmentStatus> TAKES =
      Set.of(
          AppointmentStatus.BOOKED,
          AppointmentStatus.ARRIVED,
          AppointmentStatus.CHECKEDIN,
          AppointmentStatus.FULFILLED);

  private final Bookings bookings;
  private final Actors actors;
  private final Claims claims;
  private final TakenTimes times;
  private final BookingLocks locks;
  private final Obstacles obstacles;
  private final Duties duties;

  ForeignTimes(
      Bookings bookings,
      Actors actors,
      Claims claims,
      TakenTimes times,
      BookingLocks locks,
      Obstacles obstacles,
      Duties duties) {
    this.bookings = bookings;
    this.actors = actors;
    this.claims = claims;
    this.times = times;
    this.locks = locks;
    this.obstacles = obstacles;
    this.duties = duties;
  }

  /**
   * Follows an appointment that is not stored here, in the caller's transaction, such as one of
   * somebody who is no patient of this service: it takes rooms and people that are known here.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void follow(Appointment appointment) {
    if (takes(appointment)) {
      take(appointment);
    } else {
      leave(appointment.getIdElement().getIdPart());
    }
  }

  static boolean takes(Appointment appointment) {
    return TAKES.contains(appointment.getStatus()) && appointment.hasEnd();
  }

  void take(Appointment appointment) {
    String id = appointment.getIdElement().getIdPart();
    locks.lockAll();
    leave(id);
    if (!appointment.getEnd().after(appointment.getStart())) {
      return;
    }
    Period period = Wanted.period(appointment);
    appointment.getParticipant().stream()
        .map(AppointmentParticipantComponent::getActor)
        .flatMap(said -> meant(said).stream())
        .map(Actor::id)
        .distinct()
        .sorted()
        .forEach(
            actor -> {
              obstacles.of(actor, period);
              claims.take(new Claim(actor, id, null, period, "external", null));
            });
  }

  /** What may be meant and may not is asked of a person, once for each place that is said. */
  private List<Actor> meant(Reference said) {
    List<Actor> sure = actors.meant(said);
    if (sure.isEmpty()) {
      actors
          .perhapsMeant(said)
          .forEach(
              actor ->
                  duties.askOnce(
                      DutyKind.PLACE,
                      "%s\n%d".formatted(said.getDisplay(), actor.id()),
                      Role.SCHEDULER,
                      "%s: %s?".formatted(said.getDisplay(), actor.name())));
    }
    return sure;
  }

  /** What another system had taken may let a booking of ours stand again. */
  void leave(String id) {
    List<Claim> left = times.of(id);
    bookings.free(id);
    left.stream()
        .filter(claim -> claim.state().equals("external"))
        .forEach(claim -> obstacles.of(claim.actor(), claim.during()));
  }
}
