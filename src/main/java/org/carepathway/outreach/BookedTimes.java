package org.carepathway.outreach;

import java.time.Clock;
import java.time.Instant;
import org.carepathway.outreach.Matter.State;
import org.carepathway.outreach.Message.Purpose;
import org.carepathway.record.RecordWritten;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Follows the appointments of pathways: one that is booked is a matter of reminders; one that is
 * moved or ends takes back, in the same transaction, whatever was about its former time.
 */
@Component
class BookedTimes {

  private final Matters matters;
  private final MessageRows rows;
  private final Clock clock;

  BookedTimes(Matters matters, MessageRows rows, Clock clock) {
    this.matters = matters;
    this.rows = rows;
    this.clock = clock;
  }

  @EventListener
  void on(RecordWritten written) {
    written.written().stream()
        .filter(Appointment.class::isInstance)
        .map(Appointment.class::cast)
        .forEach(appointment -> follow(appointment, written));
  }

  private void follow(Appointment appointment, RecordWritten written) {
    Instant now = clock.instant();
    boolean comes =
        appointment.getStatus() == AppointmentStatus.BOOKED
            && appointment.hasStart()
            && appointment.getStart().toInstant().isAfter(now);
    String about = comes ? AppointmentTime.of(appointment).about() : "";
    matters.openAbout(appointment.getIdElement().getIdPart() + '@').stream()
        .filter(known -> !known.equals(about))
        .forEach(
            known -> {
              rows.stop(known, "The appointment was moved, or is over.", now);
              matters.end(known, State.CLOSED);
            });
    if (comes && matters.find(about).filter(Matter::isOpen).isEmpty()) {
      matters.open(
          new Matter(
              about,
              Purpose.APPOINTMENT,
              written.header().pathwayId(),
              written.header().patientId(),
              written.element(appointment),
              now,
              appointment.getStart().toInstant(),
              0,
              now,
              State.OPEN,
              0,
              null));
    }
  }
}
