package org.carepathway.booking;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.carepathway.booking.HitPatients.HitPatient;
import org.carepathway.capacity.Actor;
import org.carepathway.capacity.Capacity;
import org.carepathway.capacity.Period;
import org.carepathway.security.CurrentUser;
import org.springframework.stereotype.Component;

/** Sets capacity up for who may, and says whose bookings a leave hits. */
@Component
public class CapacityDesk {

  private final Capacity capacity;
  private final HitPatients hits;
  private final CurrentUser user;

  CapacityDesk(Capacity capacity, HitPatients hits, CurrentUser user) {
    this.capacity = capacity;
    this.hits = hits;
    this.user = user;
  }

  public List<Capacity.Entry> entries() {
    return capacity.entries();
  }

  public boolean mayChange() {
    return user.mayAct("set-up-capacity");
  }

  public Actor setUp(String kind, String name) {
    requireRight();
    return capacity.setUp(kind, name);
  }

  public void retire(long actor) {
    requireRight();
    capacity.retire(actor);
  }

  public void addSession(
      long actor, DayOfWeek day, LocalTime from, LocalTime to, LocalDate first, LocalDate last) {
    requireRight();
    capacity.addSession(actor, day, from, to, first, last);
  }

  public void removeSession(long actor, UUID session) {
    requireRight();
    capacity.removeSession(actor, session);
  }

  /** The patients whose bookings stand in it: they have to be moved. */
  public List<HitPatient> addException(long actor, Period during, boolean opens, String reason) {
    requireRight();
    return hits.planAgain(
        capacity.addException(actor, during, opens, reason, user.agent().display()));
  }

  public void removeException(long actor, UUID exception) {
    requireRight();
    capacity.removeException(actor, exception);
    hits.planAgain(List.of());
  }

  private void requireRight() {
    if (!mayChange()) {
      throw new ForbiddenOperationException("Your role may not set up what can be booked.");
    }
  }
}
