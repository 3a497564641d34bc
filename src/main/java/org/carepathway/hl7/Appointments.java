package org.carepathway.hl7;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Resource;

/** An appointment of the EHR, of SCH and what follows it. */
final class Appointments {

  private static final long MINUTE = 60_000;

  private Appointments() {}

  static List<Statement> of(Telling telling) {
    Hl7Segment schedule =
        telling
            .message()
            .first("SCH")
            .orElseThrow(
                () ->
                    Hl7Refusal.at(
                        new Place("SCH", 1, 0, 0),
                        Hl7Refusal.Fault.SEQUENCE,
                        "The segment SCH is missing"));
    Identifier number =
        telling
            .number(List.of(schedule), "SCH-2", "SCH-1")
            .orElseThrow(
                () ->
                    Hl7Refusal.at(
                        schedule,
                        2,
                        Hl7Refusal.Fault.MISSING,
                        "The number of the appointment is missing"));
    return List.of(
        Statement.of(
            "Appointment", List.of(telling.key(number)), known -> fill(telling, schedule, known)));
  }

  private static void fill(Telling telling, Hl7Segment schedule, Resource known) {
    Appointment appointment = (Appointment) known;
    appointment.setMinutesDurationElement(null);
    telling.fill(appointment, telling.message().segments());
    appointment.setStatus(AppointmentStatus.fromCode(telling.status()));
    Optional<Date> start = first(telling, "TQ1-7", "AIS-4", "AIG-8", "AIL-6", "AIP-6", "SCH-11.4");
    Optional<Date> end =
        first(telling, "TQ1-8", "SCH-11.5")
            .or(
                () ->
                    start
                        .filter(s -> appointment.hasMinutesDuration())
                        .map(s -> end(s, appointment)));
    if (telling.status().equals("booked")) {
      require(schedule, start, end);
    }
    if (start.isPresent() && end.filter(start.get()::before).isPresent()) {
      appointment.setStart(start.get()).setEnd(end.get());
    }
    if (appointment.hasStart()) {
      appointment.setMinutesDuration(minutes(appointment));
    }
    appointment
        .getParticipant()
        .forEach(participant -> participant.setStatus(ParticipationStatus.ACCEPTED));
  }

  /** A cancellation needs no time: refused for it, it would leave the room taken. */
  private static void require(Hl7Segment schedule, Optional<Date> start, Optional<Date> end) {
    if (start.isEmpty()) {
      throw Hl7Refusal.at(
          schedule, 11, Hl7Refusal.Fault.MISSING, "The begin of the appointment is missing");
    }
    if (end.isEmpty()) {
      throw Hl7Refusal.at(
          schedule,
          9,
          Hl7Refusal.Fault.MISSING,
          "The end or duration of the appointment is missing");
    }
    if (!end.get().after(start.get())) {
      throw Hl7Refusal.at(
          schedule, 11, Hl7Refusal.Fault.TYPE, "The appointment ends before it begins");
    }
  }

  /** Whole ones: a part of one counts as one. */
  private static int minutes(Appointment appointment) {
    long length = appointment.getEnd().getTime() - appointment.getStart().getTime();
    return (int) ((length + MINUTE - 1) / MINUTE);
  }

  private static Date end(Date start, Appointment appointment) {
    return new Date(start.getTime() + appointment.getMinutesDuration() * MINUTE);
  }

  private static Optional<Date> first(Telling telling, String... fields) {
    List<Date> found = new ArrayList<>();
    for (String field : fields) {
      String[] name = field.split("[-.]");
      telling
          .message()
          .first(name[0])
          .flatMap(segment -> segment.first(Integer.parseInt(name[1])))
          .map(value -> name.length > 2 ? Mapping.part(value, Integer.parseInt(name[2])) : value)
          .filter(value -> !value.isEmpty())
          .flatMap(telling.times()::instant)
          .ifPresent(time -> found.add(Date.from(time.toInstant())));
    }
    return found.stream().findFirst();
  }
}
