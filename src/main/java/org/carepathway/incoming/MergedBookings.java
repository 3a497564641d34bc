package org.carepathway.incoming;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.carepathway.inbox.Effect;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/**
 * What becomes of bookings when two records are made one: all of them stand, each once, in its own
 * time. Where both records had one that is to come, a person says which one is needed.
 */
@Component
class MergedBookings {

  private static final Set<AppointmentStatus> TO_COME =
      Set.of(AppointmentStatus.BOOKED, AppointmentStatus.PENDING, AppointmentStatus.ARRIVED);

  private final Clock clock;

  MergedBookings(Clock clock) {
    this.clock = clock;
  }

  /** Whether any of these is an appointment that is not over. */
  boolean areAhead(List<Resource> resources) {
    Instant now = clock.instant();
    return resources.stream()
        .filter(Appointment.class::isInstance)
        .map(Appointment.class::cast)
        .filter(each -> TO_COME.contains(each.getStatus()) && each.hasStart())
        .anyMatch(each -> !each.getStart().toInstant().isBefore(now));
  }

  /**
   * @param moved how many resources the record that goes on was given
   * @param bothBooked whether each of the two had an appointment that is to come
   */
  Effect merged(int moved, boolean bothBooked, Set<String> patients) {
    String said = "Two patients were made one; %d resources were moved.".formatted(moved);
    return bothBooked
        ? new Effect.Asked(
            said
                + " Both had an appointment that is to come, and both stand. Cancel the one that is not needed; then replay this.",
            patients)
        : new Effect.Done(said, patients);
  }
}
