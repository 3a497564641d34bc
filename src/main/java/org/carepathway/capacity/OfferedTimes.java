package org.carepathway.capacity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Free times that are held for somebody whom they are offered, until they have answered. */
@Component
public class OfferedTimes {

  private final Actors actors;
  private final Claims claims;
  private final TakenTimes times;
  private final BookingLocks locks;
  private final Clock clock;

  OfferedTimes(Actors actors, Claims claims, TakenTimes times, BookingLocks locks, Clock clock) {
    this.actors = actors;
    this.claims = claims;
    this.times = times;
    this.locks = locks;
    this.clock = clock;
  }

  /**
   * Holds a free time for somebody whom it is offered; what they have booked stands.
   *
   * @param id by which the hold is known
   * @param needs what is taken, by kind
   * @return whether all of it is held; else nothing is
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean offer(
      String id, String referral, FreeTime time, List<Need> needs, Instant expires) {
    List<Claim> wanted =
        needs.stream()
            .filter(need -> time.names().containsKey(need.kind()))
            .map(
                need ->
                    new Claim(
                        time.names().get(need.kind()).id(),
                        id,
                        referral,
                        new Period(
                            time.start().plus(Duration.ofMinutes(need.from())),
                            time.start().plus(Duration.ofMinutes(need.to()))),
                        "held",
                        expires))
            .sorted(Comparator.comparing(Claim::actor))
            .toList();
    List<Long> taken = wanted.stream().map(Claim::actor).toList();
    locks.lock(taken);
    claims.forgetExpired(taken, clock.instant());
    boolean all =
        wanted.stream()
            .allMatch(
                claim ->
                    times.external(List.of(claim.actor()), claim.during()).isEmpty()
                        && claims.take(claim));
    if (!all) {
      claims.free(id, clock.instant());
    }
    return all;
  }

  /** Lets a hold last longer. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void holdUntil(String id, Instant expires) {
    claims.holdUntil(id, expires);
  }

  /**
   * Who and what is held for a referral from a start on; empty for nothing.
   *
   * @return references of those that are set up
   */
  @Transactional(readOnly = true)
  public Set<String> held(String referral, Instant start) {
    List<Claim> held = times.held(referral, clock.instant());
    Set<String> offers =
        held.stream()
            .filter(claim -> claim.during().from().equals(start))
            .map(Claim::appointment)
            .collect(Collectors.toSet());
    return held.stream()
        .filter(claim -> offers.contains(claim.appointment()))
        .flatMap(claim -> actors.find(claim.actor()).map(Actor::reference).stream())
        .collect(Collectors.toSet());
  }
}
