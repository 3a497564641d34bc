package org.carepathway.booking;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Collectors;
import org.carepathway.capacity.Actor;
import org.carepathway.capacity.BookedAs;
import org.carepathway.capacity.Capacity;
import org.carepathway.capacity.Period;
import org.carepathway.capacity.Slots;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Schedule;
import org.hl7.fhir.r4.model.Slot;
import org.hl7.fhir.r4.model.Slot.SlotStatus;
import org.hl7.fhir.r4.model.StringType;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The rooms of the site, and when they are free or busy, for anybody: SMART Scheduling Links. They
 * name no patient and nobody of the staff, and not why a room is closed.
 */
@Component
public class OpenTimes {

  private static final String PHONE =
      "http://fhir-registry.smarthealthit.org/StructureDefinition/booking-phone";
  private static final String KINDS = "https://carepathway.org/fhir/CodeSystem/booked-as";

  private final Capacity capacity;
  private final Slots slots;
  private final OpenTimesSettings settings;
  private final Clock clock;

  OpenTimes(Capacity capacity, Slots slots, OpenTimesSettings settings, Clock clock) {
    this.capacity = capacity;
    this.slots = slots;
    this.settings = settings;
    this.clock = clock;
  }

  /** By the service's clock. */
  public Instant now() {
    return clock.instant();
  }

  /** State or region of the site; empty where none is set. */
  public String state() {
    return settings.state() == null ? "" : settings.state();
  }

  @Transactional(readOnly = true)
  public List<Resource> locations() {
    return rooms().stream().map(this::location).toList();
  }

  @Transactional(readOnly = true)
  public List<Resource> schedules() {
    return rooms().stream().map(OpenTimes::schedule).toList();
  }

  /** Those that begin before the end of what is published; free and busy ones. */
  @Transactional(readOnly = true)
  public List<Resource> slots() {
    Instant now = clock.instant();
    Set<String> ids = rooms().stream().map(OpenTimes::id).collect(Collectors.toSet());
    return ids.isEmpty()
        ? List.of()
        : slots.of(ids, new Period(now, now.plus(settings.ahead()))).stream()
            .filter(slot -> slot.getStatus() != SlotStatus.BUSYUNAVAILABLE)
            .filter(slot -> slot.getEnd().toInstant().isAfter(now))
            .map(this::published)
            .toList();
  }

  private Resource published(Slot slot) {
    Slot published = new Slot();
    published.setId(slot.getIdElement().getIdPart());
    published
        .setSchedule(new Reference(slot.getSchedule().getReference()))
        .setStatus(slot.getStatus())
        .setStart(slot.getStart())
        .setEnd(slot.getEnd());
    TimeZone zone = TimeZone.getTimeZone(clock.getZone());
    published.getStartElement().setTimeZone(zone);
    published.getEndElement().setTimeZone(zone);
    if (slot.getStatus() == SlotStatus.FREE) {
      published.addExtension(PHONE, new StringType(settings.phone()));
    }
    return published;
  }

  private Resource location(Actor room) {
    Location location = new Location();
    location.setId(id(room));
    location.setName(room.name());
    location.addIdentifier().setSystem("urn:ietf:rfc:3986").setValue("urn:uuid:" + id(room));
    location.addTelecom().setSystem(ContactPointSystem.PHONE).setValue(settings.phone());
    return location.setAddress(
        new Address()
            .addLine(settings.line())
            .setCity(settings.city())
            .setState(settings.state())
            .setPostalCode(settings.postalCode()));
  }

  private static Resource schedule(Actor room) {
    Schedule schedule = new Schedule();
    schedule.setId(id(room));
    schedule.addActor(new Reference("Location/" + id(room)));
    return schedule.addServiceType(
        new CodeableConcept(new Coding().setSystem(KINDS).setCode(room.kind())));
  }

  private List<Actor> rooms() {
    return capacity.entries().stream()
        .map(Capacity.Entry::actor)
        .filter(actor -> actor.kind().equals(BookedAs.ROOM.code()))
        .toList();
  }

  private static String id(Actor room) {
    return new IdType(room.reference()).getIdPart();
  }
}
