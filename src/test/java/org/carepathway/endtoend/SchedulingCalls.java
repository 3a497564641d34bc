package org.carepathway.endtoend;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;

/** What a scheduler's own system calls to book over FHIR: $find, $hold and $book. */
public final class SchedulingCalls {

  private final FhirClient fhir;

  public SchedulingCalls(FhirClient fhir) {
    this.fhir = fhir;
  }

  public Bundle find(Instant from, Duration within) {
    Parameters when = new Parameters();
    when.addParameter("start", new DateTimeType(Date.from(from)));
    when.addParameter("end", new DateTimeType(Date.from(from.plus(within))));
    return find(when);
  }

  public Bundle find(Parameters wanted) {
    return operation("$find", wanted);
  }

  /**
   * @param id of a free Appointment
   */
  public Bundle hold(String id) {
    return operation("$hold", named(id));
  }

  /**
   * @param id of a free or a held Appointment
   * @param patient id of the Patient
   */
  public Bundle book(String id, String patient) {
    Patient booked = new Patient();
    booked.setId("Patient/" + patient);
    Parameters wanted = named(id);
    wanted.addParameter().setName("patient-resource").setResource(booked);
    return operation("$book", wanted);
  }

  /** Books again what is booked, as it is to be from now on. */
  public Bundle change(Appointment changed) {
    Parameters wanted = new Parameters();
    wanted.addParameter().setName("appointment-resource").setResource(changed);
    return operation("$book", wanted);
  }

  /** Holds and books the first time that is free within a week. */
  public Appointment booked(String patient, Instant from) {
    Appointment held = first(hold(id(first(find(from, Duration.ofDays(7))))));
    return first(book(id(held), patient));
  }

  public Appointment cancelled(Appointment booked, String patient) {
    Appointment change = new Appointment();
    change.setId(booked.getIdElement().toUnqualifiedVersionless());
    change
        .setStatus(AppointmentStatus.CANCELLED)
        .setStart(booked.getStart())
        .setEnd(booked.getEnd())
        .addParticipant()
        .setStatus(ParticipationStatus.ACCEPTED)
        .setActor(new Reference("Patient/" + patient));
    return first(change(change));
  }

  private static Appointment first(Bundle answer) {
    return (Appointment) answer.getEntryFirstRep().getResource();
  }

  private static String id(Appointment appointment) {
    return appointment.getIdElement().getIdPart();
  }

  private static Parameters named(String id) {
    return new Parameters()
        .addParameter("appointment-reference", new Reference("Appointment/" + id));
  }

  private Bundle operation(String name, Parameters parameters) {
    return fhir.as("scheduler")
        .operation()
        .onType(Appointment.class)
        .named(name)
        .withParameters(parameters)
        .returnResourceType(Bundle.class)
        .execute();
  }
}
