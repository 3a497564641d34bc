package org.carepathway.capacity;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.carepathway.calendar.Closure;
import org.carepathway.capacity.Conflict.Reason;
import org.springframework.stereotype.Component;

/** Whether all that an appointment needs is there in its time, whoever has booked it here. */
@Component
class Presence {

  private final TakenTimes times;
  private final Agendas agendas;
  private final Obstacles obstacles;
  private final Clock clock;

  Presence(TakenTimes times, Agendas agendas, Obstacles obstacles, Clock clock) {
    this.times = times;
    this.agendas = agendas;
    this.obstacles = obstacles;
    this.clock = clock;
  }

  /** Who or what is away, or outside of its sessions. */
  List<Conflict> missing(Map<Wanted, Actor> wanted) {
    if (wanted.isEmpty()) {
      return List.of();
    }
    List<Conflict> conflicts = new ArrayList<>();
    Agenda agenda =
        agendas.during(whole(wanted.keySet()), wanted.values().stream().map(Actor::id).toList());
    Map<LocalDate, Optional<Closure>> closures = new HashMap<>();
    wanted.forEach(
        (each, actor) -> {
          Optional<Conflict> away =
              Stream.concat(
                      agenda.exceptions().stream()
                          .filter(e -> e.actor() == actor.id() && !e.opens())
                          .filter(e -> e.during().overlaps(each.present()))
                          .map(e -> away(each, e.during(), e.reason())),
                      closures
                          .computeIfAbsent(
                              LocalDate.ofInstant(each.present().from(), clock.getZone()),
                              day -> obstacles.closure(each.present()).findFirst())
                          .stream()
                          .map(closed -> away(each, obstacles.days(closed), closed.reason())))
                  .findFirst();
          if (away.isPresent()) {
            conflicts.add(away.get());
          } else if (actor.setUp()
              && agenda.open(actor.id(), each.present()).stream()
                  .noneMatch(open -> open.holds(each.present()))) {
            conflicts.add(
                new Conflict(Reason.NO_SESSION, each.kind(), each.name(), each.present(), ""));
          }
        });
    return conflicts;
  }

  /** What another system has booked, also while this booking was being made. */
  List<Conflict> busy(Map<Wanted, Actor> wanted, String id) {
    if (wanted.isEmpty()) {
      return List.of();
    }
    List<Conflict> conflicts = new ArrayList<>();
    List<Claim> external =
        times.external(wanted.values().stream().map(Actor::id).toList(), whole(wanted.keySet()));
    wanted.forEach(
        (each, actor) ->
            external.stream()
                .filter(claim -> claim.actor() == actor.id())
                .filter(claim -> claim.during().overlaps(each.present()))
                .filter(claim -> !claim.appointment().equals(id))
                .findFirst()
                .ifPresent(
                    claim ->
                        conflicts.add(
                            new Conflict(
                                Reason.BUSY, each.kind(), each.name(), claim.during(), ""))));
    return conflicts;
  }

  private static Conflict away(Wanted wanted, Period during, String reason) {
    return new Conflict(Reason.AWAY, wanted.kind(), wanted.name(), during, reason);
  }

  /** From when somebody must be there first until when somebody must be last. */
  private static Period whole(Collection<Wanted> wanted) {
    return new Period(
        wanted.stream().map(each -> each.present().from()).min(Comparator.naturalOrder()).get(),
        wanted.stream().map(each -> each.present().to()).max(Comparator.naturalOrder()).get());
  }
}
