package org.carepathway.capacity;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.HealthcareService;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.PractitionerRole.DaysOfWeek;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Schedule;
import org.hl7.fhir.r4.model.TimeType;

/**
 * What is set up, as FHIR: a Location or PractitionerRole with the sessions that hold today as its
 * hours, and its Schedule.
 */
record CapacityResources(
    Actor actor,
    boolean inUse,
    List<Session> sessions,
    List<SessionException> exceptions,
    Clock clock) {

  private static final int MINUTES = 60;
  private static final int LAST = 1439;

  static String reference(BookedAs kind, String name) {
    return (kind.isPlace() ? "Location/" : "PractitionerRole/") + id(kind.code(), name);
  }

  private static UUID id(String kind, String name) {
    return UUID.nameUUIDFromBytes((kind + '\n' + Actor.key(name)).getBytes(StandardCharsets.UTF_8));
  }

  /** The Location or PractitionerRole, then its Schedule. */
  List<Resource> all(BookedAs kind) {
    return List.of(kind.isPlace() ? place() : person(), schedule());
  }

  private Location place() {
    Location place = new Location();
    place.setId(actor.reference());
    place
        .setStatus(inUse ? Location.LocationStatus.ACTIVE : Location.LocationStatus.INACTIVE)
        .setName(actor.name());
    place.setMode(Location.LocationMode.INSTANCE).addType(kind());
    for (Session session : today()) {
      place
          .addHoursOfOperation()
          .setOpeningTimeElement(time(session.fromMinute()))
          .setClosingTimeElement(time(session.toMinute()))
          .addDaysOfWeek(Location.DaysOfWeek.fromCode(day(session)));
    }
    return place;
  }

  private PractitionerRole person() {
    PractitionerRole person = new PractitionerRole();
    person.setId(actor.reference());
    person.setActive(inUse).addCode(kind());
    person.setPractitioner(new Reference().setDisplay(actor.name()));
    for (Session session : today()) {
      person
          .addAvailableTime()
          .setAvailableStartTimeElement(time(session.fromMinute()))
          .setAvailableEndTimeElement(time(session.toMinute()))
          .addDaysOfWeek(DaysOfWeek.fromCode(day(session)));
    }
    for (SessionException each : exceptions) {
      if (!each.opens()) {
        person
            .addNotAvailable()
            .setDescription(each.reason())
            .getDuring()
            .setStart(Date.from(each.during().from()))
            .setEnd(Date.from(each.during().to()));
      }
    }
    return person;
  }

  private Schedule schedule() {
    Schedule schedule = new Schedule();
    schedule.setId(
        "Schedule/" + new Reference(actor.reference()).getReferenceElement().getIdPart());
    schedule.setActive(inUse).addServiceType(kind());
    schedule.addActor(new Reference(actor.reference()).setDisplay(actor.name()));
    sessions.stream()
        .map(Session::first)
        .min(Comparator.naturalOrder())
        .ifPresent(
            first ->
                schedule
                    .getPlanningHorizon()
                    .setStart(Date.from(first.atStartOfDay(clock.getZone()).toInstant())));
    return schedule;
  }

  /** What is booked in rooms, and where. */
  static HealthcareService service(List<Actor> rooms) {
    HealthcareService service = new HealthcareService();
    service.setId("HealthcareService/bookings");
    service
        .setActive(!rooms.isEmpty())
        .setAppointmentRequired(true)
        .setName("Procedures that are booked");
    rooms.forEach(
        room -> service.addLocation(new Reference(room.reference()).setDisplay(room.name())));
    return service;
  }

  private List<Session> today() {
    LocalDate today = LocalDate.now(clock);
    return sessions.stream()
        .filter(each -> !each.first().isAfter(today))
        .filter(each -> each.last() == null || !each.last().isBefore(today))
        .toList();
  }

  private CodeableConcept kind() {
    return new CodeableConcept(new Coding().setSystem(Wanted.KINDS).setCode(actor.kind()));
  }

  private static String day(Session session) {
    return session.weekday().name().substring(0, 3).toLowerCase(Locale.ROOT);
  }

  /** FHIR's time has no 24:00. */
  private static TimeType time(int minute) {
    int shown = Math.min(minute, LAST);
    return new TimeType(LocalTime.of(shown / MINUTES, shown % MINUTES).toString() + ":00");
  }
}
