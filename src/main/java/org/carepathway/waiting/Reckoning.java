package org.carepathway.waiting;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.carepathway.calendar.SiteCalendar;
import org.carepathway.calendar.TimeLimit;
import org.carepathway.content.WaitingRule.Effect;
import org.carepathway.waiting.WaitingClock.State;

/**
 * Reckons a patient's wait.
 *
 * @param limit how long it may be; null where nothing says it
 * @param zone of the site
 * @param calendar of the site, from a day on
 */
record Reckoning(
    String limit, Instant now, ZoneId zone, Function<LocalDate, SiteCalendar> calendar) {

  /** Days that do not count, without the last one. */
  private record Stretch(LocalDate from, LocalDate to) {

    int days() {
      return Math.max(0, (int) ChronoUnit.DAYS.between(from, to));
    }
  }

  /**
   * @param found in any order; of the same instant the first comes first
   * @return empty where no clock has begun
   */
  Optional<WaitingClock> of(List<Happened> found) {
    List<Happened> course = found.stream().sorted(Comparator.comparing(Happened::at)).toList();
    Instant since = null;
    Instant stopped = null;
    for (Happened each : course.stream().filter(one -> one.isBy(now)).toList()) {
      boolean runs = since != null && stopped == null;
      if (each.rule().effect() == Effect.START && !runs) {
        since = each.at();
        stopped = null;
      } else if (each.rule().effect() == Effect.STOP && runs) {
        stopped = each.at();
      }
    }
    return since == null ? Optional.empty() : Optional.of(clock(course, since, stopped));
  }

  private WaitingClock clock(List<Happened> course, Instant since, Instant stopped) {
    SiteCalendar site = calendar.apply(day(since));
    Instant end = stopped == null ? now : stopped;
    List<Stretch> all = stretches(course, since, stopped);
    int paused =
        all.stream()
            .map(each -> new Stretch(each.from(), earlier(each.to(), day(end))))
            .mapToInt(Stretch::days)
            .sum();
    State state =
        stopped != null
            ? State.STOPPED
            : course.stream()
                    .anyMatch(one -> one.rule().effect() == Effect.PAUSE && one.lastsAt(now))
                ? State.PAUSED
                : State.RUNNING;
    return new WaitingClock(
        state,
        since,
        stopped,
        new Stretch(day(since), day(end)).days() - paused,
        paused,
        limit,
        limit == null ? null : breach(since, all, site),
        course);
  }

  /** The pauses of this clock, those that overlap as one, each from its first day. */
  private List<Stretch> stretches(List<Happened> course, Instant since, Instant stopped) {
    List<Stretch> all = new ArrayList<>();
    LocalDate first = day(since);
    for (Happened each : course) {
      if (each.rule().effect() != Effect.PAUSE || (stopped != null && each.at().isAfter(stopped))) {
        continue;
      }
      LocalDate to = day(each.until() == null ? now : each.until());
      LocalDate from = later(day(each.at()), first);
      if (!all.isEmpty()) {
        from = later(from, all.get(all.size() - 1).to());
      }
      if (to.isAfter(from)) {
        all.add(new Stretch(from, to));
      }
    }
    return all;
  }

  /** A pause that begins before the limit is over moves it by its days. */
  private Instant breach(Instant since, List<Stretch> pauses, SiteCalendar site) {
    TimeLimit time = TimeLimit.parse(limit);
    Instant due = site.after(since, time);
    int days = 0;
    int working = 0;
    for (Stretch each : pauses) {
      if (!each.from().isBefore(day(due))) {
        return due;
      }
      days += each.days();
      working +=
          (int)
              each.from()
                  .datesUntil(each.to())
                  .map(day -> day.plusDays(1))
                  .filter(site::isWorkingDay)
                  .count();
      due = later(since, time, days, working, site);
    }
    return due;
  }

  private static Instant later(
      Instant since, TimeLimit time, int days, int working, SiteCalendar site) {
    if (time instanceof TimeLimit.WorkingDays limit) {
      return site.after(since, new TimeLimit.WorkingDays(limit.count() + working));
    }
    if (time instanceof TimeLimit.ToWorkingDay limit) {
      Instant wall = site.after(since, new TimeLimit.Wall(limit.time()));
      return site.after(wall, new TimeLimit.ToWorkingDay(Period.ofDays(days)));
    }
    return site.after(site.after(since, time), new TimeLimit.Wall(Period.ofDays(days)));
  }

  private LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, zone);
  }

  private static LocalDate later(LocalDate a, LocalDate b) {
    return a.isAfter(b) ? a : b;
  }

  private static LocalDate earlier(LocalDate a, LocalDate b) {
    return a.isBefore(b) ? a : b;
  }
}
