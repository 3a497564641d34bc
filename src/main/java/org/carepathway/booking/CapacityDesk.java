package org.carepathway.booking;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.carepathway.capacity.Capacity;
import org.carepathway.capacity.Capacity.Hit;
import org.carepathway.capacity.Period;
import org.carepathway.fact.PatientIdentity;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.security.CurrentUser;
import org.springframework.stereotype.Component;

/** Sets capacity up for who may, and says whose bookings a leave hits. */
@Component
public class CapacityDesk {

  private final Capacity capacity;
  private final Pathways pathways;
  private final CurrentUser user;

  CapacityDesk(Capacity capacity, Pathways pathways, CurrentUser user) {
    this.capacity = capacity;
    this.pathways = pathways;
    this.user = user;
  }

  /**
   * A patient whose booking is hit.
   *
   * @param name empty where the booking is of no pathway here
   */
  public record HitPatient(UUID pathwayId, String name, Period during) {}

  public List<Capacity.Entry> entries() {
    return capacity.entries();
  }

  public boolean mayChange() {
    return user.mayAct("set-up-capacity");
  }

  public void setUp(String kind, String name) {
    requireRight();
    capacity.setUp(kind, name);
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
    return capacity.addException(actor, during, opens, reason, user.agent().display()).stream()
        .map(this::patient)
        .toList();
  }

  public void removeException(long actor, UUID exception) {
    requireRight();
    capacity.removeException(actor, exception);
  }

  private HitPatient patient(Hit hit) {
    return pathways
        .ofReferral(String.valueOf(hit.referral()))
        .map(Pathway::id)
        .flatMap(pathways::view)
        .map(open -> patient(open, hit))
        .orElse(new HitPatient(null, "", hit.during()));
  }

  private static HitPatient patient(OpenPathway open, Hit hit) {
    return new HitPatient(open.pathway().id(), PatientIdentity.name(open.patient()), hit.during());
  }

  private void requireRight() {
    if (!mayChange()) {
      throw new ForbiddenOperationException("Your role may not set up what can be booked.");
    }
  }
}
