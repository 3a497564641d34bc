package org.carepathway.booking;

import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.carepathway.capacity.Obstacle;
import org.carepathway.capacity.Obstacles;
import org.carepathway.clock.OneByOne;
import org.carepathway.clock.Watch;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.pathway.ToldEvents;
import org.carepathway.record.Agent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Slot;
import org.hl7.fhir.r4.model.Slot.SlotStatus;
import org.springframework.stereotype.Component;

/**
 * Tells pathways that the time of their booking cannot stand, or stands again, as a Slot that has
 * changed. What was noted is told once, also after a crash, each pathway in a transaction of its
 * own.
 */
@Component
public class Replan implements Watch {

  private final Obstacles obstacles;
  private final Pathways pathways;
  private final ToldEvents events;
  private final BookingDuties duties;
  private final OneByOne oneByOne;

  Replan(
      Obstacles obstacles,
      Pathways pathways,
      ToldEvents events,
      BookingDuties duties,
      OneByOne oneByOne) {
    this.obstacles = obstacles;
    this.pathways = pathways;
    this.events = events;
    this.duties = duties;
    this.oneByOne = oneByOne;
  }

  @Override
  public void look() {
    run();
  }

  /**
   * Tells what was noted; call it after the commit of what noted it.
   *
   * @return the pathways that were told and do not know what to do with it, such as those on an
   *     older version of their content: people have to see to them
   */
  public Set<UUID> run() {
    Set<UUID> unheard = new HashSet<>();
    List<UUID> due = new ArrayList<>();
    List<String> ofNone = new ArrayList<>();
    Stream.concat(obstacles.due().stream(), duties.asked().stream())
        .distinct()
        .forEach(
            booking ->
                pathways
                    .ofReferral(booking)
                    .map(Pathway::id)
                    .ifPresentOrElse(due::add, () -> ofNone.add(booking)));
    oneByOne.run("plan the booking again of pathway", due, id -> look(id, unheard));
    oneByOne.run("ask for another time of", ofNone, this::lookAtNone);
    return Set.copyOf(unheard);
  }

  /** No pathway sees to it: a person does. */
  private boolean lookAtNone(String booking) {
    obstacles.look(
        booking,
        (told, obstacle) -> {
          if (obstacle == null) {
            duties.settle(booking);
            return "";
          }
          if (!obstacle.appointment().equals(told)) {
            duties.ask(booking, obstacle, null);
          }
          return obstacle.appointment();
        });
    return true;
  }

  private boolean look(UUID id, Set<UUID> unheard) {
    Pathway pathway = pathways.open(id).pathway();
    obstacles.look(
        pathway.referralId(),
        (told, obstacle) -> {
          if (obstacle == null) {
            duties.settle(pathway.referralId());
            return stands(pathway, told);
          }
          if (obstacle.appointment().equals(told) || tell(pathway, null, slot(obstacle))) {
            return obstacle.appointment();
          }
          unheard.add(id);
          duties.ask(pathway.referralId(), obstacle, pathway);
          return "";
        });
    return true;
  }

  private String stands(Pathway pathway, String told) {
    if (!told.isEmpty()) {
      tell(pathway, taken(), taken().setStatus(SlotStatus.FREE));
    }
    return "";
  }

  private boolean tell(Pathway pathway, Slot before, Slot after) {
    return events.tell(pathway, before, after, "Slot/" + UUID.randomUUID(), () -> Agent.SERVICE);
  }

  private static Slot slot(Obstacle obstacle) {
    Slot slot =
        taken()
            .setStart(Date.from(obstacle.during().from()))
            .setEnd(Date.from(obstacle.during().to()))
            .setSchedule(
                new Reference(obstacle.actor().reference()).setDisplay(obstacle.actor().name()))
            .setStatus(obstacle.taken() ? SlotStatus.BUSY : SlotStatus.BUSYUNAVAILABLE);
    Optional.of(obstacle.reason()).filter(reason -> !reason.isEmpty()).ifPresent(slot::setComment);
    return slot;
  }

  private static Slot taken() {
    return new Slot().setStatus(SlotStatus.BUSYUNAVAILABLE);
  }
}
