package org.carepathway.weekplan;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.carepathway.capacity.BookedAs;
import org.carepathway.capacity.Free;
import org.carepathway.capacity.Period;

/**
 * What can be booked in the week.
 *
 * @param zone of the site
 * @param free by kind, with the sessions and what is taken already
 */
public record Supply(ZoneId zone, Period week, Map<String, List<Free>> free) {

  private static final Duration STEP = Duration.ofMinutes(15);

  /** Those of a kind; empty where none is set up. */
  List<Free> of(BookedAs kind) {
    return free.getOrDefault(kind.code(), List.of());
  }

  /** Quarter hours of the week in which a room is at work, the first one first. */
  public List<Instant> starts() {
    List<Instant> starts = new ArrayList<>();
    for (Instant start = week.from(); start.isBefore(week.to()); start = start.plus(STEP)) {
      Period quarter = new Period(start, start.plus(STEP));
      if (of(BookedAs.ROOM).stream().anyMatch(room -> room.at(quarter, quarter))) {
        starts.add(start);
      }
    }
    return starts;
  }

  LocalDate day(Instant start) {
    return start.atZone(zone).toLocalDate();
  }

  /** Minute of the site's day. */
  int minute(Instant start) {
    return start.atZone(zone).toLocalTime().toSecondOfDay() / 60;
  }
}
