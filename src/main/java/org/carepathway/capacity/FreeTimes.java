package org.carepathway.capacity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds times at which all that a booking needs is free: in sessions, and neither held nor booked.
 */
@Component
public class FreeTimes {

  /** In days. */
  private static final int AT_ONCE = 28;

  private final Actors actors;
  private final TakenTimes times;
  private final Agendas agendas;
  private final Clock clock;

  FreeTimes(Actors actors, TakenTimes times, Agendas agendas, Clock clock) {
    this.actors = actors;
    this.times = times;
    this.agendas = agendas;
    this.clock = clock;
  }

  /**
   * What an actor is taken for.
   *
   * @param state held, booked, or external: of another system
   * @param referral id of the ServiceRequest; null where none is named
   */
  public record Taken(
      Actor actor, String appointment, String referral, Period during, String state) {}

  /** All that is taken in a time, the first one first. */
  @Transactional(readOnly = true)
  public List<Taken> taken(Period during) {
    Map<Long, Actor> known = new HashMap<>();
    return times.during(during, clock.instant()).stream()
        .map(
            claim ->
                new Taken(
                    known.computeIfAbsent(claim.actor(), id -> actors.find(id).orElseThrow()),
                    claim.appointment(),
                    claim.referral(),
                    claim.during(),
                    claim.state()))
        .toList();
  }

  /** Whether anything of a kind has been set up: else there are no free times to be found. */
  @Transactional(readOnly = true)
  public boolean isSetUp(String kind) {
    return actors.all().stream().anyMatch(actor -> actor.setUp() && actor.kind().equals(kind));
  }

  /**
   * When each that is set up can be booked, by kind.
   *
   * @param during up to the end of what is taken last
   */
  @Transactional(readOnly = true)
  public Map<String, List<Free>> free(Period during) {
    Map<Long, List<Claim>> taken = taken(during, null);
    Agenda agenda = agendas.during(during);
    Map<String, List<Free>> free = new HashMap<>();
    actors.all().stream()
        .filter(Actor::setUp)
        .forEach(
            actor ->
                free.computeIfAbsent(actor.kind(), kind -> new ArrayList<>())
                    .add(
                        Free.of(
                            actor,
                            agenda.open(actor.id(), during),
                            taken.getOrDefault(actor.id(), List.of()))));
    return free;
  }

  private Map<Long, List<Claim>> taken(Period during, String besides) {
    Map<Long, List<Claim>> taken = new HashMap<>();
    times.during(during, clock.instant()).stream()
        .filter(claim -> besides == null || !besides.equals(claim.referral()))
        .forEach(claim -> taken.computeIfAbsent(claim.actor(), id -> new ArrayList<>()).add(claim));
    return taken;
  }

  /** The first ones; none where nothing is needed or set up. A time that is over is never one. */
  @Transactional(readOnly = true)
  public List<FreeTime> find(SlotSearch search) {
    Instant now = clock.instant();
    Instant from = search.within().from().isBefore(now) ? now : search.within().from();
    if (search.needs().isEmpty() || !search.within().to().isAfter(from)) {
      return List.of();
    }
    Period whole = looked(search, new Period(from, search.within().to()));
    Agenda agenda = agendas.during(whole);
    Map<Need, List<Actor>> wanted = wanted(search);
    List<FreeTime> found = new ArrayList<>();
    Instant begin = from;
    while (begin.isBefore(search.within().to()) && found.size() < search.most()) {
      Instant end = midnightAfter(begin);
      Period part =
          new Period(begin, end.isBefore(search.within().to()) ? end : search.within().to());
      List<Choice> choices = choices(wanted, agenda, search, looked(search, part));
      if (!choices.isEmpty()) {
        found.addAll(
            new Starts(search, choices, clock.getZone()).first(part, search.most() - found.size()));
      }
      begin = end;
    }
    return found;
  }

  /** Whole days at a time, so that a far search reads no more of what is taken than it needs. */
  private Instant midnightAfter(Instant begin) {
    return begin
        .atZone(clock.getZone())
        .toLocalDate()
        .plusDays(AT_ONCE)
        .atStartOfDay(clock.getZone())
        .toInstant();
  }

  /** From what is needed first, which may be before the start, until what is needed last. */
  private static Period looked(SlotSearch search, Period starts) {
    int first = search.needs().stream().mapToInt(Need::from).min().orElse(0);
    int last = search.needs().stream().mapToInt(Need::to).max().orElse(0);
    return new Period(
        starts.from().plus(Duration.ofMinutes(Math.min(first, 0))),
        starts.to().plus(Duration.ofMinutes(last)));
  }

  /** One for each need that somebody is set up for; none at all when one of them has no session. */
  private List<Choice> choices(
      Map<Need, List<Actor>> wanted, Agenda agenda, SlotSearch search, Period looked) {
    Map<Long, List<Period>> open = new HashMap<>();
    wanted
        .values()
        .forEach(
            actors ->
                actors.forEach(
                    actor -> open.computeIfAbsent(actor.id(), id -> agenda.open(id, looked))));
    boolean closed =
        wanted.values().stream()
            .anyMatch(actors -> actors.stream().allMatch(actor -> open.get(actor.id()).isEmpty()));
    if (closed) {
      return List.of();
    }
    Map<Long, List<Claim>> taken = taken(looked, search.besides());
    return wanted.entrySet().stream()
        .map(
            each ->
                new Choice(
                    each.getKey(),
                    each.getValue().stream()
                        .map(
                            actor ->
                                Free.of(
                                    actor,
                                    open.get(actor.id()),
                                    taken.getOrDefault(actor.id(), List.of())))
                        .toList()))
        .toList();
  }

  private Map<Need, List<Actor>> wanted(SlotSearch search) {
    Map<Need, List<Actor>> wanted = new LinkedHashMap<>();
    for (Need need : search.needs()) {
      List<Actor> actors = wanted(need.kind(), search.only());
      if (!actors.isEmpty()) {
        wanted.put(need, actors);
      }
    }
    return wanted;
  }

  private List<Actor> wanted(String kind, Set<String> only) {
    List<Actor> all =
        actors.all().stream().filter(each -> each.setUp() && each.kind().equals(kind)).toList();
    List<Actor> named = all.stream().filter(each -> only.contains(each.reference())).toList();
    return named.isEmpty() ? all : named;
  }
}
