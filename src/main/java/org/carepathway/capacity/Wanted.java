package org.carepathway.capacity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentParticipantComponent;
import org.hl7.fhir.r4.model.Coding;

/**
 * One of those that an appointment takes: participants whose type has a code of {@link #KINDS}.
 *
 * @param taken from when to when nobody else can have it, such as a room until it is clean again
 * @param present when it must be at work: within its session, if it has any
 */
record Wanted(String kind, String name, Period taken, Period present) {

  /** What a participant is booked as: room, operator and so on. */
  static final String KINDS = "https://carepathway.org/fhir/CodeSystem/booked-as";

  static List<Wanted> of(Appointment appointment) {
    List<Wanted> wanted = new ArrayList<>();
    for (AppointmentParticipantComponent participant : appointment.getParticipant()) {
      kind(participant)
          .filter(kind -> participant.getActor().hasDisplay())
          .ifPresent(kind -> wanted.add(of(kind, participant, appointment)));
    }
    return wanted;
  }

  static Period period(Appointment appointment) {
    return new Period(appointment.getStart().toInstant(), appointment.getEnd().toInstant());
  }

  private static Wanted of(
      String kind, AppointmentParticipantComponent participant, Appointment appointment) {
    Period whole = period(appointment);
    Period taken =
        participant.hasPeriod()
            ? new Period(
                participant.getPeriod().getStart().toInstant(),
                participant.getPeriod().getEnd().toInstant())
            : whole;
    return new Wanted(
        kind, participant.getActor().getDisplay(), taken, taken.overlaps(whole) ? whole : taken);
  }

  static Optional<String> kind(AppointmentParticipantComponent participant) {
    return participant.getType().stream()
        .flatMap(type -> type.getCoding().stream())
        .filter(coding -> KINDS.equals(coding.getSystem()))
        .map(Coding::getCode)
        .findFirst();
  }
}
