package org.carepathway.outreach;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import org.carepathway.calendar.SiteCalendar;
import org.carepathway.calendar.WorkingTime;
import org.springframework.stereotype.Component;

/** How much working time is left, so that what is not answered can still be called for. */
@Component
class StaffTime {

  private static final Duration STEP = Duration.ofMinutes(15);

  /** Beyond this there is always time enough. */
  private static final Duration ENOUGH = Duration.ofDays(14);

  private final WorkingTime time;
  private final Clock clock;

  StaffTime(WorkingTime time, Clock clock) {
    this.time = time;
    this.clock = clock;
  }

  /**
   * Opening hours of the site between two times, in quarters of an hour; at most those of 14 days.
   */
  Duration between(Instant from, Instant to) {
    SiteCalendar calendar = calendar(from);
    Duration open = Duration.ZERO;
    Instant end = to.isBefore(from.plus(ENOUGH)) ? to : from.plus(ENOUGH);
    for (Instant at = from; at.plus(STEP).compareTo(end) <= 0; at = at.plus(STEP)) {
      open = isOpen(calendar, at) ? open.plus(STEP) : open;
    }
    return open;
  }

  /** The last time from which on there are still so many opening hours before an end. */
  Instant latest(Instant end, Duration reserve) {
    SiteCalendar calendar = calendar(end.minus(ENOUGH));
    Duration open = Duration.ZERO;
    Instant at = end;
    while (open.compareTo(reserve) < 0 && at.isAfter(end.minus(ENOUGH))) {
      at = at.minus(STEP);
      open = isOpen(calendar, at) ? open.plus(STEP) : open;
    }
    return at;
  }

  private SiteCalendar calendar(Instant from) {
    return time.from(from.atZone(clock.getZone()).toLocalDate().minusDays(1));
  }

  private static boolean isOpen(SiteCalendar calendar, Instant at) {
    ZonedDateTime local = at.atZone(calendar.zone());
    LocalDate day = local.toLocalDate();
    return calendar.isWorkingDay(day)
        && calendar
            .opening()
            .on(day.getDayOfWeek())
            .filter(hours -> !local.toLocalTime().isBefore(hours.from()))
            .filter(hours -> local.toLocalTime().isBefore(hours.to()))
            .isPresent();
  }
}
