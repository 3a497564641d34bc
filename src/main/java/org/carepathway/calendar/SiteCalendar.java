package org.carepathway.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.function.Predicate;
import org.carepathway.calendar.OpeningHours.Hours;

/**
 * The days and hours on which a site works. All is counted on its own clock: a change to or from
 * daylight saving moves no time of day.
 *
 * @param closed whether a day is a public holiday or the site is closed on it
 */
public record SiteCalendar(ZoneId zone, OpeningHours opening, Predicate<LocalDate> closed) {

  /** A site that has not opened by then has no opening to wait for. */
  private static final int LONGEST_CLOSURE = 366;

  /** Whether the site is open on a day at all. */
  public boolean isWorkingDay(LocalDate day) {
    return opening.on(day.getDayOfWeek()).isPresent() && !closed.test(day);
  }

  /**
   * When a limit is over that began at an instant.
   *
   * @throws IllegalStateException when the site is closed for a year on end
   */
  public Instant after(Instant begin, TimeLimit limit) {
    ZonedDateTime from = begin.atZone(zone);
    if (limit instanceof TimeLimit.Wall wall) {
      return from.plus(wall.time()).toInstant();
    }
    if (limit instanceof TimeLimit.ToWorkingDay moved) {
      ZonedDateTime at = from.plus(moved.time());
      return isWorkingDay(at.toLocalDate()) ? at.toInstant() : inHours(at, workingDay(at, 1));
    }
    if (limit instanceof TimeLimit.WithinBounds bounded) {
      return within(
          from.plus(bounded.time()), from.plus(bounded.earliest()), from.plus(bounded.latest()));
    }
    return inHours(from, workingDay(from, ((TimeLimit.WorkingDays) limit).count()));
  }

  /** The day before comes first: what is asked of people early is done in time. */
  private Instant within(ZonedDateTime time, ZonedDateTime earliest, ZonedDateTime latest) {
    LocalDate wanted = time.toLocalDate();
    if (isWorkingDay(wanted)) {
      if (time.toInstant().isBefore(atClosing(wanted))) {
        return time.toInstant();
      }
      // After closing it would come up to nobody, and be late on the next morning.
      Instant open = later(atOpening(wanted), earliest.toInstant());
      if (open.isBefore(atClosing(wanted))) {
        return open;
      }
    }
    for (LocalDate day = wanted; !day.isBefore(earliest.toLocalDate()); day = day.minusDays(1)) {
      if (isWorkingDay(day)) {
        Instant before = inHours(time, day);
        Instant closing = atClosing(day);
        if (!before.isBefore(earliest.toInstant())) {
          return before;
        }
        if (earliest.toInstant().isBefore(closing)) {
          return earliest.toInstant();
        }
      }
    }
    for (LocalDate day = wanted.plusDays(1);
        !day.isAfter(latest.toLocalDate());
        day = day.plusDays(1)) {
      if (isWorkingDay(day) && !atOpening(day).isAfter(latest.toInstant())) {
        return atOpening(day);
      }
    }
    return time.toInstant();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** The n-th working day after the day of a time. */
  private LocalDate workingDay(ZonedDateTime time, int n) {
    LocalDate day = time.toLocalDate();
    int left = n;
    int waited = 0;
    while (left > 0) {
      day = day.plusDays(1);
      boolean open = isWorkingDay(day);
      left -= open ? 1 : 0;
      waited = open ? 0 : waited + 1;
      if (waited > LONGEST_CLOSURE) {
        throw new IllegalStateException(
            "The site is closed for a year after %s: see its closures.".formatted(time));
      }
    }
    return day;
  }

  private Instant atOpening(LocalDate day) {
    return day.atTime(opening.on(day.getDayOfWeek()).orElseThrow().from()).atZone(zone).toInstant();
  }

  private Instant atClosing(LocalDate day) {
    return day.atTime(opening.on(day.getDayOfWeek()).orElseThrow().to()).atZone(zone).toInstant();
  }

  /** The same time of day on another day, in the hours of that day. */
  private Instant inHours(ZonedDateTime time, LocalDate day) {
    Hours hours = opening.on(day.getDayOfWeek()).orElseThrow();
    return day.atTime(hours.nearest(time.toLocalTime())).atZone(zone).toInstant();
  }
}
