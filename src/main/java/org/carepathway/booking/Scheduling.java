package org.carepathway.booking;

import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
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
import org.carepathway.record.Records;
import org.carepathway.security.PatientScope;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentParticipantComponent;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Patient;
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
  private final IRepository repository;
  private final Records records;
  private final PatientScope scope;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Scheduling(
      Bookings bookings,
      Proposed proposed,
      CapacitySettings settings,
      IRepository repository,
      Records records,
      PatientScope scope,
      TransactionTemplate transaction,
      Clock clock) {
    this.bookings = bookings;
    this.proposed = proposed;
    this.settings = settings;
    this.repository = repository;
    this.records = records;
    this.scope = scope;
    this.transaction = transaction;
    this.clock = clock;
  }

  Resource hold(String id) {
    return done(
        () -> {
          Appointment held = fresh(id).setStatus(AppointmentStatus.PENDING);
          requireFree(bookings.hold(held, clock.instant().plus(settings.hold())));
          return keep(held);
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
          requireVisible(patient);
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
          Appointment known = known(changed.getIdElement().getIdPart());
          requireOurs(known);
          if (changed.getStatus() == AppointmentStatus.CANCELLED) {
            return keep(
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
    if (!appointment.getStart().toInstant().isAfter(clock.instant())) {
      throw new Impossible(IssueType.BUSINESSRULE, "The start is over already.");
    }
    appointment.setStatus(AppointmentStatus.BOOKED);
    appointment
        .getParticipant()
        .forEach(participant -> participant.setStatus(ParticipationStatus.ACCEPTED));
    if (comment != null) {
      appointment.setComment(comment);
    }
    requireFree(bookings.book(appointment));
    return keep(appointment);
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
    Appointment held = known(id);
    if (held.getStatus() != AppointmentStatus.PENDING || !bookings.isHeld(id)) {
      throw new Impossible(
          IssueType.NOTFOUND, "The hold is over, or it was booked already: find a time again.");
    }
    return held;
  }

  private Appointment known(String id) {
    try {
      return repository.read(Appointment.class, new IdType("Appointment", id));
    } catch (ResourceNotFoundException | ResourceGoneException missing) {
      throw new Impossible(IssueType.NOTFOUND, "There is no such appointment.");
    }
  }

  private void requireVisible(String patient) {
    if (patient == null || !scope.isVisible(patient) || !isStored(patient)) {
      throw new Impossible(
          IssueType.NOTFOUND,
          "Name the patient by patient-resource with the id of one who is stored and in your sight.");
    }
  }

  private boolean isStored(String patient) {
    try {
      repository.read(Patient.class, new IdType("Patient", patient));
      return true;
    } catch (ResourceNotFoundException | ResourceGoneException missing) {
      return false;
    }
  }

  private void requireOurs(Appointment appointment) {
    IdType id = new IdType("Appointment", appointment.getIdElement().getIdPart());
    if (records.isWrittenByPathway(id)) {
      throw new Impossible(
          IssueType.FORBIDDEN,
          "A pathway's step has booked it: report the change at the pathway, CarePlan/$report.");
    }
    appointment.getParticipant().stream()
        .map(participant -> participant.getActor().getReference())
        .filter(reference -> reference != null && reference.startsWith("Patient/"))
        .map(reference -> new IdType(reference).getIdPart())
        .findFirst()
        .ifPresent(this::requireVisible);
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

  private Appointment keep(Appointment appointment) {
    String url = "Appointment/" + appointment.getIdElement().getIdPart();
    appointment.setId(url);
    Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
    bundle
        .addEntry()
        .setFullUrl(url)
        .setResource(appointment)
        .getRequest()
        .setMethod(HTTPVerb.PUT)
        .setUrl(url);
    repository.transaction(bundle);
    return appointment;
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

  /** Rolls the transaction back. */
  private static final class Impossible extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final IssueType code;

    Impossible(IssueType code, String message) {
      super(message);
      this.code = code;
    }

    OperationOutcome outcome() {
      OperationOutcome outcome = new OperationOutcome();
      outcome
          .addIssue()
          .setSeverity(IssueSeverity.FATAL)
          .setCode(code)
          .setDiagnostics(getMessage() + " Nothing was changed.");
      return outcome;
    }
  }
}
