package org.carepathway.ical;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import org.carepathway.record.RecordWritten;
import org.carepathway.record.StableIds;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentParticipantComponent;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Follows the appointments of pathways, in the transaction that books, moves or ends one: a change
 * that a calendar has to show raises the event's number by one, and no other change does.
 */
@Component
class BookedEvents {

  private static final Set<AppointmentStatus> ENDED =
      Set.of(
          AppointmentStatus.CANCELLED, AppointmentStatus.NOSHOW, AppointmentStatus.ENTEREDINERROR);

  /** An arrival earlier than this is of another time: the appointment was moved since. */
  private static final Duration EARLIEST = Duration.ofHours(12);

  private final BookedEventRows rows;
  private final Clock clock;

  BookedEvents(BookedEventRows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /** What ends comes first: what is booked in the same step takes its place. */
  @EventListener
  void on(RecordWritten written) {
    written.written().stream()
        .filter(Appointment.class::isInstance)
        .map(Appointment.class::cast)
        .filter(each -> each.hasStart() && each.hasEnd())
        .sorted(Comparator.comparing(each -> !ENDED.contains(each.getStatus())))
        .forEach(appointment -> follow(appointment, written));
  }

  private void follow(Appointment appointment, RecordWritten written) {
    BookedEvent now = event(appointment, written);
    Optional<BookedEvent> known = rows.find(now.appointment());
    if (known.isPresent()) {
      boolean counts = now.cancelled() || appointment.getStatus() == AppointmentStatus.BOOKED;
      if (counts && !known.get().saysTheSame(now)) {
        rows.save(known.get().changed(now));
      }
    } else if (appointment.getStatus() == AppointmentStatus.BOOKED) {
      rows.save(
          rows.givenUp(now.pathwayId(), clock.instant())
              .map(former -> former.changed(now))
              .orElse(now));
    }
  }

  private BookedEvent event(Appointment appointment, RecordWritten written) {
    String id = appointment.getIdElement().getIdPart();
    Instant start = appointment.getStart().toInstant();
    Optional<Instant> arrival = arrival(appointment, start);
    return new BookedEvent(
        StableIds.of("booked-event/" + id),
        written.header().pathwayId(),
        id,
        arrival.orElse(start),
        appointment.getEnd().toInstant(),
        arrival.isPresent(),
        place(appointment),
        0,
        ENDED.contains(appointment.getStatus()),
        clock.instant());
  }

  /** When the patient's own part begins. */
  private static Optional<Instant> arrival(Appointment appointment, Instant start) {
    return appointment.getParticipant().stream()
        .filter(each -> String.valueOf(each.getActor().getReference()).startsWith("Patient/"))
        .map(each -> each.getPeriod().getStart())
        .filter(begin -> begin != null)
        .map(Date::toInstant)
        .filter(begin -> begin.isBefore(start) && begin.isAfter(start.minus(EARLIEST)))
        .findFirst();
  }

  private static String place(Appointment appointment) {
    return appointment.getParticipant().stream()
        .filter(BookedEvents::isPlace)
        .map(each -> each.getActor().getDisplay())
        .filter(name -> name != null)
        .findFirst()
        .orElse("");
  }

  private static boolean isPlace(AppointmentParticipantComponent participant) {
    return participant.getType().stream()
        .anyMatch(
            type ->
                type.hasCoding(
                    "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "LOC"));
  }
}
