package org.carepathway.calendar;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAmount;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long something may take, as content writes it:
 *
 * <ul>
 *   <li>{@code PT4H}, {@code P2D}, {@code P3M}: time on the wall (ISO 8601), which waits for no
 *       opening. Days and months are counted on the site's calendar, hours as such.
 *   <li>{@code 2 working days}: days on which the site is open; the day itself does not count.
 *   <li>{@code P14D to a working day}: time on the wall, and from there to the next day on which
 *       the site is open.
 *   <li>{@code PT48H on a working day between PT24H and PT72H}: time on the wall where the site is
 *       open on that day and has not closed by then; the opening of that day where it has; else the
 *       last day before it, or the next one, on which the site is open, that is within the bounds;
 *       else the time itself.
 * </ul>
 */
public sealed interface TimeLimit {

  /** Time on the wall. */
  record Wall(TemporalAmount time) implements TimeLimit {}

  /** Days on which the site is open. */
  record WorkingDays(int count) implements TimeLimit {}

  /** Time on the wall, moved on to a day on which the site is open. */
  record ToWorkingDay(TemporalAmount time) implements TimeLimit {}

  /**
   * Time on the wall, moved to a day within bounds on which the site is open.
   *
   * @param earliest not before
   * @param latest not after
   */
  record WithinBounds(TemporalAmount time, TemporalAmount earliest, TemporalAmount latest)
      implements TimeLimit {}

  /**
   * @throws IllegalArgumentException for a text that is none of the four notations
   */
  static TimeLimit parse(String text) {
    Matcher days = Notation.WORKING_DAYS.matcher(text.strip());
    if (days.matches()) {
      return new WorkingDays(Integer.parseInt(days.group(1)));
    }
    Matcher bounded = Notation.WITHIN_BOUNDS.matcher(text.strip());
    if (bounded.matches()) {
      return bounded(bounded);
    }
    Matcher moved = Notation.TO_WORKING_DAY.matcher(text.strip());
    return moved.matches() ? new ToWorkingDay(iso(moved.group(1))) : new Wall(iso(text.strip()));
  }

  /** Whether the site's calendar can move it. */
  default boolean asksTheCalendar() {
    return !(this instanceof Wall);
  }

  /**
   * About how many days on the wall it is: a month counts as 30 days, five working days as seven.
   */
  default BigDecimal days() {
    if (this instanceof WorkingDays working) {
      return BigDecimal.valueOf(working.count()).multiply(Notation.WEEK_OF_WORK);
    }
    TemporalAmount time =
        this instanceof ToWorkingDay moved
            ? moved.time()
            : this instanceof WithinBounds bounded ? bounded.time() : ((Wall) this).time();
    return time instanceof Period period
        ? BigDecimal.valueOf(period.toTotalMonths() * 30 + period.getDays())
        : BigDecimal.valueOf(((Duration) time).toSeconds() / 86400.0);
  }

  private static WithinBounds bounded(Matcher text) {
    Wall time = new Wall(iso(text.group(1)));
    Wall earliest = new Wall(iso(text.group(2)));
    Wall latest = new Wall(iso(text.group(3)));
    if (earliest.days().compareTo(time.days()) > 0 || time.days().compareTo(latest.days()) > 0) {
      throw new IllegalArgumentException(
          "'%s' is not between its bounds: write the earlier one first.".formatted(text.group()));
    }
    return new WithinBounds(time.time(), earliest.time(), latest.time());
  }

  private static TemporalAmount iso(String text) {
    try {
      return text.contains("T") ? Duration.parse(text) : Period.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          ("'%s' is no time limit: write PT4H, P2D, '2 working days', 'P14D to a working day' or"
                  + " 'P10D on a working day between P8D and P12D'.")
              .formatted(text),
          e);
    }
  }

  /** How it is written. */
  final class Notation {

    private static final Pattern WORKING_DAYS = Pattern.compile("([1-9]\\d?) working days?");
    private static final Pattern TO_WORKING_DAY = Pattern.compile("(P\\S+) to a working day");
    private static final Pattern WITHIN_BOUNDS =
        Pattern.compile("(P\\S+) on a working day between (P\\S+) and (P\\S+)");
    private static final BigDecimal WEEK_OF_WORK = new BigDecimal("1.4");

    private Notation() {}
  }
}
