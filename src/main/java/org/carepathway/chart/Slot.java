package org.carepathway.chart;

import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.carepathway.pathway.OpenPathway;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Reference;

/**
 * The next booked appointment.
 *
 * @param with room and people, as the booking names them
 */
record Slot(Instant start, List<String> with) {

  /** Empty where none is booked from this day on. */
  static Optional<Slot> of(OpenPathway open, Instant today) {
    return open.resources(Set.of("Appointment")).stream()
        .map(Appointment.class::cast)
        .filter(booked -> booked.getStatus() == AppointmentStatus.BOOKED && booked.hasStart())
        .filter(booked -> !booked.getStart().before(Date.from(today)))
        .min(Comparator.comparing(Appointment::getStart))
        .map(booked -> new Slot(booked.getStart().toInstant(), with(booked)));
  }

  private static List<String> with(Appointment booked) {
    return booked.getParticipant().stream()
        .map(Appointment.AppointmentParticipantComponent::getActor)
        .filter(actor -> !"Patient".equals(actor.getReferenceElement().getResourceType()))
        .map(Reference::getDisplay)
        .filter(Objects::nonNull)
        .toList();
  }
}
