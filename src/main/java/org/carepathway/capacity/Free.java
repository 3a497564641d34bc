package org.carepathway.capacity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * When an actor can be booked.
 *
 * @param open sessions by their begin, none of which overlap
 * @param taken what is held or booked, by its begin; the end is the latest so far, since what other
 *     systems have booked may overlap
 */
public record Free(
    Actor actor, NavigableMap<Instant, Instant> open, NavigableMap<Instant, Instant> taken) {

  static Free of(Actor actor, List<Period> open, List<Claim> claims) {
    NavigableMap<Instant, Instant> sessions = new TreeMap<>();
    open.forEach(each -> sessions.put(each.from(), each.to()));
    NavigableMap<Instant, Instant> taken = new TreeMap<>();
    Instant latest = Instant.MIN;
    for (Claim claim : claims) {
      latest = claim.during().to().isAfter(latest) ? claim.during().to() : latest;
      taken.put(claim.during().from(), latest);
    }
    return new Free(actor, sessions, taken);
  }

  /**
   * Whether it is at work and free.
   *
   * @param present within one session
   * @param wanted while nobody else has it
   */
  public boolean at(Period present, Period wanted) {
    Map.Entry<Instant, Instant> session = open.floorEntry(present.from());
    Map.Entry<Instant, Instant> before = taken.lowerEntry(wanted.to());
    return session != null
        && !session.getValue().isBefore(present.to())
        && (before == null || !before.getValue().isAfter(wanted.from()));
  }
}
