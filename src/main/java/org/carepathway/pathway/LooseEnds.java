package org.carepathway.pathway;

import java.util.Date;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.CommunicationRequest;
import org.hl7.fhir.r4.model.CommunicationRequest.CommunicationRequestStatus;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;

/**
 * What must not go on when a pathway ends: messages to the patient that have not left, appointments
 * to come and, unless the pathway was completed, orders. What this step itself writes stays: the
 * letter that says why.
 */
record LooseEnds(OpenPathway open, String element, boolean completed, Date now) {

  private static final Set<AppointmentStatus> TO_COME =
      Set.of(
          AppointmentStatus.PROPOSED,
          AppointmentStatus.PENDING,
          AppointmentStatus.BOOKED,
          AppointmentStatus.WAITLIST);

  void tie() {
    each(CommunicationRequest.class, this::isForPatient)
        .forEach(message -> write(message.setStatus(CommunicationRequestStatus.REVOKED)));
    each(Appointment.class, this::isToCome)
        .forEach(appointment -> write(appointment.setStatus(AppointmentStatus.CANCELLED)));
    if (!completed) {
      each(ServiceRequest.class, this::isOrder)
          .forEach(order -> write(order.setStatus(ServiceRequestStatus.REVOKED)));
    }
  }

  private <T extends Resource> Stream<T> each(Class<T> type, Predicate<T> isLoose) {
    return open.record().ofTypes(Set.of(type.getSimpleName())).stream()
        .map(type::cast)
        .filter(isLoose)
        .filter(resource -> !open.record().isWrittenNow(resource))
        .toList()
        .stream()
        .map(resource -> open.record().get(type, resource.getIdElement().getIdPart()));
  }

  private boolean isForPatient(CommunicationRequest message) {
    return message.getStatus() == CommunicationRequestStatus.ACTIVE
        && message.getRecipient().stream()
            .anyMatch(to -> ("Patient/" + open.pathway().patientId()).equals(to.getReference()));
  }

  private boolean isToCome(Appointment appointment) {
    return TO_COME.contains(appointment.getStatus())
        && (appointment.getStart() == null || appointment.getStart().after(now));
  }

  private boolean isOrder(ServiceRequest request) {
    return request.getIntent() == ServiceRequestIntent.ORDER
        && request.getStatus() == ServiceRequestStatus.ACTIVE
        && !request.getIdElement().getIdPart().equals(open.pathway().referralId());
  }

  private void write(Resource resource) {
    open.record().write(element, resource);
  }
}
