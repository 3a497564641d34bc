package org.carepathway.calendar;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** The one place that says when a time limit is over, and whether the site works on a day. */
@Component
public class WorkingTime {

  private final OpeningHours opening;
  private final Predicate<LocalDate> holidays;
  private final Closures closures;
  private final Clock clock;

  WorkingTime(CalendarSettings settings, Closures closures, Clock clock) {
    this.opening = OpeningHours.parse(settings.opening());
    this.holidays = PublicHolidays.of(settings.holidays());
    this.closures = closures;
    this.clock = clock;
  }

  /** When a limit is over that began at an instant; time on the wall asks no calendar. */
  public Instant after(Instant begin, TimeLimit limit) {
    return (limit.asksTheCalendar()
            ? from(begin.atZone(clock.getZone()).toLocalDate())
            : new SiteCalendar(clock.getZone(), opening, holidays))
        .after(begin, limit);
  }

  /** The calendar from a day on, with the closures that are known now. */
  public SiteCalendar from(LocalDate day) {
    List<Closure> known = closures.notOver(day);
    return new SiteCalendar(
        clock.getZone(),
        opening,
        date ->
            holidays.test(date)
                || known.stream()
                    .anyMatch(c -> !date.isBefore(c.first()) && !date.isAfter(c.last())));
  }

  /** The closure that a day falls in. */
  public Optional<Closure> closure(LocalDate day) {
    return closures.notOver(day).stream().filter(each -> !day.isBefore(each.first())).findFirst();
  }

  /** Whether a day is a public holiday here. */
  public boolean isHoliday(LocalDate day) {
    return holidays.test(day);
  }
}
