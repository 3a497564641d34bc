package org.carepathway.capacity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carepathway.capacity.Claims.Claim;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds times at which all that a booking needs is free: in sessions, and neither held nor booked.
 */
@Component
public class FreeTimes {

  private final Actors actors;
  private final Claims claims;
  private final Agendas agendas;
  private final Clock clock;

  FreeTimes(Actors actors, Claims claims, Agendas agendas, Clock clock) {
    this.actors = actors;
    this.claims = claims;
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
    return claims.during(during, clock.instant()).stream()
        .map(
            claim ->
                new Taken(
                    actors.find(claim.actor()).orElseThrow(),
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

  /** The first ones; none where nothing is set up. A time that is over is never one. */
  @Transactional(readOnly = true)
  public List<FreeTime> find(SlotSearch search) {
    Instant now = clock.instant();
    Instant from = search.within().from().isBefore(now) ? now : search.within().from();
    if (!search.within().to().isAfter(from)) {
      return List.of();
    }
    int longest = search.needs().stream().mapToInt(Need::to).max().orElse(0);
    Period looked = new Period(from, search.within().to().plus(Duration.ofMinutes(longest)));
    Agenda agenda = agendas.during(looked);
    Map<Long, List<Claim>> taken = new HashMap<>();
    claims.during(looked, now).stream()
        .filter(claim -> search.besides() == null || !search.besides().equals(claim.referral()))
        .forEach(claim -> taken.computeIfAbsent(claim.actor(), id -> new ArrayList<>()).add(claim));
    List<Choice> choices = new ArrayList<>();
    for (Need need : search.needs()) {
      List<Free> free =
          wanted(need.kind(), search.only()).stream()
              .map(
                  actor ->
                      Free.of(
                          actor,
                          agenda.open(actor.id(), looked),
                          taken.getOrDefault(actor.id(), List.of())))
              .toList();
      if (!free.isEmpty()) {
        choices.add(new Choice(need, free));
      }
    }
    return choices.isEmpty()
        ? List.of()
        : new Starts(search, choices, clock.getZone())
            .first(new Period(from, search.within().to()));
  }

  private List<Actor> wanted(String kind, Set<String> only) {
    List<Actor> all =
        actors.all().stream().filter(each -> each.setUp() && each.kind().equals(kind)).toList();
    List<Actor> named = all.stream().filter(each -> only.contains(each.reference())).toList();
    return named.isEmpty() ? all : named;
  }
}
