package org.carepathway.booking;

import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.carepathway.capacity.Bookings;
import org.carepathway.capacity.CapacitySettings;
import org.carepathway.capacity.Conflict;
import org.carepathway.capacity.Proposed;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentParticipantComponent;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Holds, books, moves and cancels an appointment, each in one transaction: IHE ITI Scheduling,
 * ITI-116 and ITI-117. What cannot be done is an OperationOutcome alone, and nothing is changed.
 */
@Component
class Scheduling {

  private final Bookings bookings;
  private final Proposed proposed;
  private final CapacitySettings settings;
  private final FreeAppointments appointments;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Scheduling(
      Bookings bookings,
      Proposed proposed,
      CapacitySettings settings,
      FreeAppointments appointments,
      TransactionTemplate transaction,
      Clock clock) {
    this.bookings = bookings;
    this.proposed = proposed;
    this.settings = settings;
    this.appointments = appointments;
    this.transaction = transaction;
    this.clock = clock;
  }

  Resource hold(String id) {
    return done(
        () -> {
          Appointment held = fresh(id).setStatus(AppointmentStatus.PENDING);
          requireAhead(held);
          requireFree(bookings.hold(held, clock.instant().plus(settings.hold())));
          return appointments.keep(held);
        });
  }

  /**
   * @param id of a proposed or held appointment
   * @param patient id of the patient
   */
  Resource book(String id, String patient, String comment) {
    return done(
        () -> {
          Appointment booked = proposed.read(id).isPresent() ? fresh(id) : held(id);
          appointments.requirePatient(patient);
          booked
              .addParticipant()
              .setStatus(ParticipationStatus.ACCEPTED)
              .getActor()
              .setReference("Patient/" + patient);
          return book(booked, comment);
        });
  }

  /** Moves an appointment to the start of the changed one, or cancels it. */
  Resource change(Appointment changed, String comment) {
    return done(
        () -> {
          Appointment known = appointments.known(changed.getIdElement().getIdPart());
          appointments.requireOurs(known);
          if (changed.getStatus() == AppointmentStatus.CANCELLED) {
            return appointments.keep(
                known
                    .setStatus(AppointmentStatus.CANCELLED)
                    .setComment(comment)
                    .setCancelationReason(
                        changed.hasCancelationReason() ? changed.getCancelationReason() : null));
          }
          if (!changed.hasStart() || known.getStatus() != AppointmentStatus.BOOKED) {
            throw new Impossible(
                IssueType.BUSINESSRULE, "Only a booked appointment is moved, to a start.");
          }
          move(known, changed.getStart().getTime() - known.getStart().getTime());
          return book(known, comment);
        });
  }

  private Appointment book(Appointment appointment, String comment) {
    requireAhead(appointment);
    appointment.setStatus(AppointmentStatus.BOOKED);
    appointment
        .getParticipant()
        .forEach(participant -> participant.setStatus(ParticipationStatus.ACCEPTED));
    if (comment != null) {
      appointment.setComment(comment);
    }
    requireFree(bookings.book(appointment));
    return appointments.keep(appointment);
  }

  private void requireAhead(Appointment appointment) {
    if (!appointment.getStart().toInstant().isAfter(clock.instant())) {
      throw new Impossible(
          IssueType.BUSINESSRULE, "The start is over already: find a time that is to come.");
    }
  }

  private static void move(Appointment appointment, long by) {
    appointment.setStart(later(appointment.getStart(), by));
    appointment.setEnd(later(appointment.getEnd(), by));
    for (AppointmentParticipantComponent participant : appointment.getParticipant()) {
      if (participant.hasPeriod()) {
        participant.getPeriod().setStart(later(participant.getPeriod().getStart(), by));
        participant.getPeriod().setEnd(later(participant.getPeriod().getEnd(), by));
      }
    }
  }

  private static Date later(Date time, long by) {
    return new Date(time.getTime() + by);
  }

  private Appointment fresh(String id) {
    Appointment appointment =
        proposed
            .read(id)
            .orElseThrow(
                () -> new Impossible(IssueType.NOTFOUND, "There is no such proposed time."));
    appointment.setId(UUID.randomUUID().toString());
    return appointment.setCreated(Date.from(clock.instant()));
  }

  private Appointment held(String id) {
    Appointment held = appointments.known(id);
    if (held.getStatus() != AppointmentStatus.PENDING || !bookings.isHeld(id)) {
      throw new Impossible(
          IssueType.NOTFOUND, "The hold is over, or it was booked already: find a time again.");
    }
    return held;
  }

  private static void requireFree(List<Conflict> conflicts) {
    conflicts.stream()
        .findFirst()
        .ifPresent(
            conflict -> {
              throw new Impossible(
                  IssueType.NOTFOUND,
                  "%s %s is not free from %s to %s."
                      .formatted(
                          conflict.kind(),
                          conflict.name(),
                          conflict.during().from(),
                          conflict.during().to()));
            });
  }

  private Resource done(Supplier<Appointment> change) {
    try {
      return Optional.ofNullable(transaction.execute(status -> change.get())).orElseThrow();
    } catch (Impossible impossible) {
      return impossible.outcome();
    } catch (ResourceNotFoundException missing) {
      return new Impossible(IssueType.NOTFOUND, missing.getMessage() + ".").outcome();
    }
  }
}
