package org.carepathway.weekplan;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.carepathway.capacity.Need;

/**
 * Somebody who is to be booked in the week.
 *
 * @param priority 0 to 75, how urgent the patient is
 * @param waited days
 * @param needs of each kind, in minutes from the start
 * @param earliest start that is allowed; null for any
 * @param latest start that is allowed; null for any
 * @param goal start that should be kept, and is not where the patient would else not be booked at
 *     all; null for none
 * @param latestMinute of the site's day at which it may start; 1440 for any
 * @param unliked starts that the patient would rather not have
 */
public record Demand(
    UUID id,
    int priority,
    long waited,
    List<Need> needs,
    Instant earliest,
    Instant latest,
    Instant goal,
    int latestMinute,
    Set<Instant> unliked) {

  public Demand without(Set<Instant> starts) {
    return new Demand(id, priority, waited, needs, earliest, latest, goal, latestMinute, starts);
  }
}
