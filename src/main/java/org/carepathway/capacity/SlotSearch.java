package org.carepathway.capacity;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a free time has to be like.
 *
 * @param within the starts that are looked at
 * @param only references: of a kind of which it names any, no other is wanted
 * @param wanted starts that are looked for; others are passed over
 * @param latestMinute of the site's day at which it may start; 1440 for any
 * @param most how many are wanted
 * @param perDay how many of one day
 * @param besides id of a ServiceRequest whose own booking does not count, since it will be moved;
 *     null for none
 */
public record SlotSearch(
    List<Need> needs,
    Set<String> only,
    Period within,
    Predicate<Instant> wanted,
    int latestMinute,
    int most,
    int perDay,
    String besides) {

  /** With any start. */
  public SlotSearch(
      List<Need> needs,
      Set<String> only,
      Period within,
      int latestMinute,
      int most,
      int perDay,
      String besides) {
    this(needs, only, within, start -> true, latestMinute, most, perDay, besides);
  }
}
