package org.carepathway.capacity;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Slot;
import org.hl7.fhir.r4.model.Slot.SlotStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The sessions as Slots, worked out when they are asked for: free, busy (held, booked, or taken by
 * another system) and busy-unavailable (leave). They say nothing of patients or reasons.
 */
@Component
public class Slots {

  private final Actors actors;
  private final Agendas agendas;
  private final TakenTimes times;
  private final Clock clock;

  Slots(Actors actors, Agendas agendas, TakenTimes times, Clock clock) {
    this.actors = actors;
    this.agendas = agendas;
    this.times = times;
    this.clock = clock;
  }

  /**
   * @param schedules ids of Schedules; empty for all that are set up
   */
  @Transactional(readOnly = true)
  public List<Slot> of(Set<String> schedules, Period during) {
    Agenda agenda = agendas.during(during);
    List<Claim> taken = times.during(during, clock.instant());
    return actors.all().stream()
        .filter(actor -> actor.setUp() && actor.reference() != null)
        .filter(actor -> schedules.isEmpty() || schedules.contains(schedule(actor)))
        .flatMap(actor -> of(actor, agenda, taken, during))
        .sorted((a, b) -> a.getStart().compareTo(b.getStart()))
        .toList();
  }

  private Stream<Slot> of(Actor actor, Agenda agenda, List<Claim> claims, Period during) {
    List<Period> taken =
        claims.stream().filter(each -> each.actor() == actor.id()).map(Claim::during).toList();
    List<Period> away =
        agenda.exceptions().stream()
            .filter(each -> each.actor() == actor.id() && !each.opens())
            .map(SessionException::during)
            .toList();
    List<Period> free = agenda.open(actor.id(), during);
    for (Period each : taken) {
      free = Agenda.without(free, each);
    }
    List<Slot> slots = new ArrayList<>();
    free.forEach(each -> slots.add(slot(actor, SlotStatus.FREE, each)));
    taken.forEach(each -> slots.add(slot(actor, SlotStatus.BUSY, each)));
    away.forEach(each -> slots.add(slot(actor, SlotStatus.BUSYUNAVAILABLE, each)));
    return slots.stream();
  }

  private static Slot slot(Actor actor, SlotStatus status, Period during) {
    Slot slot = new Slot();
    slot.setId(id(actor, status, during));
    return slot.setStatus(status)
        .setSchedule(new Reference("Schedule/" + schedule(actor)).setDisplay(actor.name()))
        .setStart(Date.from(during.from()))
        .setEnd(Date.from(during.to()))
        .addServiceType(
            new CodeableConcept(new Coding().setSystem(Wanted.KINDS).setCode(actor.kind())));
  }

  /** By which one is found while its time is as it is: it is not stored. */
  static String id(Actor actor, SlotStatus status, Period during) {
    return "%s-%d-%d-%s"
        .formatted(
            actor.id(),
            during.from().getEpochSecond(),
            during.to().getEpochSecond(),
            status.toCode().replace("busy-unavailable", "away"));
  }

  /** The time that an id of a Slot names. */
  public static Period during(String id) {
    String[] parts = id.split("-");
    if (parts.length != 4 || !parts[1].matches("\\d{1,11}") || !parts[2].matches("\\d{1,11}")) {
      throw new IllegalArgumentException("no Slot has the id " + id);
    }
    return new Period(
        Instant.ofEpochSecond(Long.parseLong(parts[1])),
        Instant.ofEpochSecond(Long.parseLong(parts[2])));
  }

  private static String schedule(Actor actor) {
    return new Reference(actor.reference()).getReferenceElement().getIdPart();
  }
}
