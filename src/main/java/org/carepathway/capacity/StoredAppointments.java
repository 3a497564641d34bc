package org.carepathway.capacity;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.util.List;
import java.util.Set;
import org.carepathway.fhir.Sender;
import org.carepathway.fhir.StoreInterceptor;
import org.carepathway.fhir.StoreOrder;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.springframework.stereotype.Component;

/**
 * Follows every appointment that is stored, in its transaction: whichever way one ends, what it
 * took is free; whoever books one takes it. What another system books is busy, and not refused: it
 * has happened there already.
 */
@Component
@Interceptor
class StoredAppointments implements StoreInterceptor {

  /** Those whose time has been given back. */
  private static final Set<AppointmentStatus> ENDED =
      Set.of(
          AppointmentStatus.CANCELLED,
          AppointmentStatus.NOSHOW,
          AppointmentStatus.ENTEREDINERROR,
          AppointmentStatus.WAITLIST);

  private final Bookings bookings;
  private final ForeignTimes foreign;

  StoredAppointments(Bookings bookings, ForeignTimes foreign) {
    this.bookings = bookings;
    this.foreign = foreign;
  }

  @Hook(value = Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED, order = StoreOrder.CAPACITY)
  public void created(IBaseResource resource, RequestDetails request) {
    if (resource instanceof Appointment appointment) {
      follow(appointment, Sender.of(request).isOutside());
    }
  }

  @Hook(value = Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED, order = StoreOrder.CAPACITY)
  public void updated(IBaseResource before, IBaseResource after, RequestDetails request) {
    created(after, request);
  }

  private void follow(Appointment appointment, boolean outside) {
    if (ENDED.contains(appointment.getStatus())) {
      foreign.leave(appointment.getIdElement().getIdPart());
    } else if (ForeignTimes.takes(appointment) && !bookings.stands(appointment)) {
      // One that stands is left as it is, whoever wrote it: the patient arrives, or was merged.
      if (outside || Wanted.of(appointment).isEmpty()) {
        foreign.take(appointment);
      } else {
        book(appointment);
      }
    }
  }

  /** A form has taken it already; a step that books by itself takes it here. */
  private void book(Appointment appointment) {
    if (appointment.getStatus() != AppointmentStatus.BOOKED) {
      return;
    }
    List<Conflict> conflicts =
        bookings.book(appointment).stream().filter(each -> !each.canBeConfirmed()).toList();
    if (!conflicts.isEmpty()) {
      Conflict first = conflicts.get(0);
      throw new ResourceVersionConflictException(
          "%s %s is not free from %s to %s; nothing was changed."
              .formatted(first.kind(), first.name(), first.during().from(), first.during().to()));
    }
  }
}
