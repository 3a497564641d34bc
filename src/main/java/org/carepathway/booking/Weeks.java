package org.carepathway.booking;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.carepathway.booking.Week.Booking;
import org.carepathway.booking.Week.Row;
import org.carepathway.capacity.Actor;
import org.carepathway.capacity.Capacity.Entry;
import org.carepathway.capacity.FreeTimes;
import org.carepathway.capacity.FreeTimes.Taken;
import org.carepathway.capacity.Obstacle;
import org.carepathway.capacity.Obstacles;
import org.carepathway.capacity.Period;
import org.carepathway.fact.PatientIdentity;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.security.PatientScope;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.WorkItems;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Shows the bookings of days, with the patients that who is signed in may see. */
@Component
public class Weeks {

  private final FreeTimes times;
  private final CapacityDesk desk;
  private final Obstacles obstacles;
  private final Pathways pathways;
  private final WorkItems items;
  private final PatientScope scope;
  private final Clock clock;

  Weeks(
      FreeTimes times,
      CapacityDesk desk,
      Obstacles obstacles,
      Pathways pathways,
      WorkItems items,
      PatientScope scope,
      Clock clock) {
    this.times = times;
    this.desk = desk;
    this.obstacles = obstacles;
    this.pathways = pathways;
    this.items = items;
    this.scope = scope;
    this.clock = clock;
  }

  @Transactional(readOnly = true)
  public Week of(LocalDate first, int length) {
    List<LocalDate> days = Stream.iterate(first, day -> day.plusDays(1)).limit(length).toList();
    ZoneId zone = clock.getZone();
    Period whole =
        new Period(
            first.atStartOfDay(zone).toInstant(),
            first.plusDays(length).atStartOfDay(zone).toInstant());
    Map<Long, Actor> actors = new LinkedHashMap<>();
    List<Entry> entries = desk.entries();
    entries.forEach(entry -> actors.put(entry.actor().id(), entry.actor()));
    List<Taken> taken = times.taken(whole);
    taken.forEach(each -> actors.putIfAbsent(each.actor().id(), each.actor()));
    Seen seen = new Seen(new HashMap<>(), new HashMap<>(), new HashMap<>());
    return new Week(
        days,
        actors.values().stream()
            .map(
                actor ->
                    new Row(
                        actor, days.stream().map(day -> cell(actor, day, taken, seen)).toList()))
            .toList());
  }

  /**
   * What has been read.
   *
   * @param pathways by the id of their referral
   * @param obstacles what their bookings meet, in the same way
   * @param visits what bookings of no pathway meet, by the id of the appointment
   */
  private record Seen(
      Map<String, Optional<OpenPathway>> pathways,
      Map<String, Optional<Obstacle>> obstacles,
      Map<String, Optional<Obstacle>> visits) {}

  private List<Booking> cell(Actor actor, LocalDate day, List<Taken> taken, Seen seen) {
    List<Booking> cell = new ArrayList<>();
    for (Taken each : taken) {
      if (each.actor().id() == actor.id() && local(each.during().from()).equals(day)) {
        cell.add(
            booking(
                each,
                seen.pathways().computeIfAbsent(String.valueOf(each.referral()), this::inSight),
                away(each, seen)));
      }
    }
    return cell;
  }

  private Booking booking(Taken taken, Optional<OpenPathway> open, String away) {
    return new Booking(
        time(taken.during().from()),
        time(taken.during().to()),
        taken.state(),
        open.map(each -> PatientIdentity.name(each.patient())).orElse(""),
        open.map(each -> each.pathway().id()).orElse(null),
        open.map(this::missing).orElse(List.of()),
        away,
        open.flatMap(Weeks::movedBy).orElse(null));
  }

  /** Why a booking cannot stand: a leave, a closure or a booking of another system after it. */
  private String away(Taken taken, Seen seen) {
    return taken.referral() == null
        ? seen.visits()
            .computeIfAbsent(taken.appointment(), obstacles::ofAppointment)
            .map(Weeks::words)
            .orElse("")
        : seen.obstacles()
            .computeIfAbsent(taken.referral(), obstacles::ofReferral)
            .map(Weeks::words)
            .orElse("");
  }

  private static String words(Obstacle met) {
    return met.reason().isEmpty() ? met.actor().name() : met.actor().name() + ", " + met.reason();
  }

  /** What is still to be done for the patient. */
  private List<String> missing(OpenPathway open) {
    return items.ofPathway(open.pathway().id()).stream()
        .filter(WorkItem::isOpen)
        .map(WorkItem::title)
        .distinct()
        .toList();
  }

  private static Optional<String> movedBy(OpenPathway open) {
    return open.pathway().isActive()
        ? open.content().forms().keySet().stream()
            .flatMap(form -> BookingRule.of(open.content().questionnaire(form)).stream())
            .map(BookingRule::movedBy)
            .findFirst()
        : Optional.empty();
  }

  private Optional<OpenPathway> inSight(String referral) {
    return pathways
        .ofReferral(referral)
        .filter(pathway -> scope.isVisible(pathway.patientId()))
        .map(Pathway::id)
        .flatMap(pathways::view)
        .map(
            open -> {
              scope.listed(open.pathway().patientId());
              return open;
            });
  }

  private LocalDate local(Instant time) {
    return time.atZone(clock.getZone()).toLocalDate();
  }

  /** People read hours and minutes. */
  private LocalTime time(Instant time) {
    return time.atZone(clock.getZone()).toLocalTime().truncatedTo(ChronoUnit.MINUTES);
  }
}
