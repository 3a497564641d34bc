package org.carepathway.booking;

import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.capacity.Obstacle;
import org.carepathway.duty.Duties;
import org.carepathway.duty.Duty;
import org.carepathway.duty.DutyKind;
import org.carepathway.pathway.Pathway;
import org.carepathway.security.Role;
import org.springframework.stereotype.Component;

/**
 * Bookings that cannot stand and that no pathway sees to, such as a visit that was booked over
 * FHIR: the scheduler has each on the list of what is done by hand, until it stands or has ended.
 */
@Component
class BookingDuties {

  private final Duties duties;
  private final FreeAppointments appointments;
  private final Clock clock;

  BookingDuties(Duties duties, FreeAppointments appointments, Clock clock) {
    this.duties = duties;
    this.appointments = appointments;
    this.clock = clock;
  }

  /** The bookings that are asked for: a referral, or {@code Appointment/} and an id. */
  List<String> asked() {
    return duties.open(DutyKind.BOOKING).stream()
        .filter(duty -> duty.pathwayId() == null)
        .map(Duty::about)
        .toList();
  }

  /**
   * @param pathway that does not know what to do with it; null for none
   */
  void ask(String booking, Obstacle obstacle, Pathway pathway) {
    UUID id = pathway == null ? null : pathway.id();
    duties.ask(
        DutyKind.BOOKING,
        booking,
        Role.SCHEDULER,
        pathway == null ? patient(obstacle.appointment()).orElse(null) : pathway.patientId(),
        id,
        "%s, %s%s"
            .formatted(
                obstacle.actor().name(),
                local(obstacle),
                obstacle.reason().isEmpty() ? "" : ", " + obstacle.reason()));
  }

  void settle(String booking) {
    duties.settle(DutyKind.BOOKING, booking);
  }

  private String local(Obstacle obstacle) {
    return LocalDateTime.ofInstant(obstacle.during().from(), clock.getZone())
        .toString()
        .replace('T', ' ');
  }

  private Optional<String> patient(String appointment) {
    try {
      return FreeAppointments.patient(appointments.known(appointment));
    } catch (Impossible missing) {
      return Optional.empty();
    }
  }
}
