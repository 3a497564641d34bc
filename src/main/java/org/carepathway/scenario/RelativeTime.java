package org.carepathway.scenario;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A time that counts from the pathway's clock, as scenarios write it: {@code @today-20d}, {@code
 * @now+2h}; units are min, h, d, w, mo and y.
 */
public final class RelativeTime {

  /** Not followed by what would make it another unit, or none. */
  public static final Pattern WRITTEN =
      Pattern.compile("@(today|now)(?:([+-]\\d+)(min|h|d|w|mo|y))?(?![\\w+-])");

  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "min", ChronoUnit.MINUTES,
          "h", ChronoUnit.HOURS,
          "d", ChronoUnit.DAYS,
          "w", ChronoUnit.WEEKS,
          "mo", ChronoUnit.MONTHS,
          "y", ChronoUnit.YEARS);

  private RelativeTime() {}

  /**
   * @param found by {@link #WRITTEN}
   */
  public static ZonedDateTime at(MatchResult found, Clock clock) {
    ZonedDateTime now = ZonedDateTime.now(clock).truncatedTo(ChronoUnit.SECONDS);
    return found.group(2) == null
        ? now
        : now.plus(Long.parseLong(found.group(2)), UNITS.get(found.group(3)));
  }
}
