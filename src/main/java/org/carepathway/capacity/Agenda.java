package org.carepathway.capacity;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * When actors are at work.
 *
 * @param zone of the site
 * @param closed days on which the site is closed, public holidays among them
 */
record Agenda(
    ZoneId zone,
    Predicate<LocalDate> closed,
    List<Session> sessions,
    List<SessionException> exceptions) {

  /** The times within a period in which an actor can be booked, one after the other. */
  List<Period> open(long actor, Period period) {
    LocalDate first = period.from().atZone(zone).toLocalDate();
    LocalDate last = period.to().atZone(zone).toLocalDate();
    List<Session> own =
        sessions.stream()
            .filter(each -> each.actor() == actor && each.isBetween(first, last))
            .toList();
    List<Period> open = new ArrayList<>();
    for (LocalDate day = first; !own.isEmpty() && !day.isAfter(last); day = day.plusDays(1)) {
      for (Session session : own) {
        if (session.isOn(day) && !closed.test(day)) {
          open.add(times(session, day));
        }
      }
    }
    exceptions.stream()
        .filter(each -> each.actor() == actor && each.opens())
        .forEach(each -> open.add(each.during()));
    open.removeIf(each -> !each.overlaps(period));
    List<Period> left = joined(open);
    for (SessionException each : exceptions) {
      if (each.actor() == actor && !each.opens()) {
        left = without(left, each.during());
      }
    }
    return left;
  }

  /** A minute of the day is the one on the clock, also on a day when it changes. */
  private Period times(Session session, LocalDate day) {
    return new Period(
        day.atStartOfDay().plusMinutes(session.fromMinute()).atZone(zone).toInstant(),
        day.atStartOfDay().plusMinutes(session.toMinute()).atZone(zone).toInstant());
  }

  static List<Period> without(List<Period> open, Period away) {
    List<Period> left = new ArrayList<>();
    for (Period each : open) {
      if (!each.overlaps(away)) {
        left.add(each);
        continue;
      }
      if (each.from().isBefore(away.from())) {
        left.add(new Period(each.from(), away.from()));
      }
      if (away.to().isBefore(each.to())) {
        left.add(new Period(away.to(), each.to()));
      }
    }
    return left;
  }

  private static List<Period> joined(List<Period> open) {
    List<Period> sorted = new ArrayList<>(open);
    sorted.sort(Comparator.comparing(Period::from));
    List<Period> joined = new ArrayList<>();
    for (Period each : sorted) {
      int end = joined.size() - 1;
      if (end >= 0 && !each.from().isAfter(joined.get(end).to())) {
        Period before = joined.get(end);
        joined.set(
            end,
            new Period(before.from(), each.to().isAfter(before.to()) ? each.to() : before.to()));
      } else {
        joined.add(each);
      }
    }
    return joined;
  }
}
