package org.carepathway.capacity;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Goes through the quarter hours of the sessions of what there is least of. */
record Starts(SlotSearch search, List<Choice> choices, ZoneId zone) {

  private static final int STEP = 15;

  List<FreeTime> first(Period within, int most) {
    List<FreeTime> found = new ArrayList<>();
    Map<LocalDate, Integer> days = new HashMap<>();
    for (Instant start : candidates(within)) {
      ZonedDateTime local = start.atZone(zone);
      if (local.getHour() * 60 + local.getMinute() > search.latestMinute()
          || days.getOrDefault(local.toLocalDate(), 0) >= search.perDay()
          || !search.wanted().test(start)) {
        continue;
      }
      at(start)
          .ifPresent(
              time -> {
                found.add(time);
                days.merge(local.toLocalDate(), 1, Integer::sum);
              });
      if (found.size() >= most) {
        break;
      }
    }
    return found;
  }

  /** All that is needed together; empty when one of it is not free. */
  private Optional<FreeTime> at(Instant start) {
    Map<String, Actor> names = new LinkedHashMap<>();
    for (Choice choice : choices) {
      Optional<Actor> free = choice.at(start);
      if (free.isEmpty()) {
        return Optional.empty();
      }
      names.put(choice.need().kind(), free.get());
    }
    return Optional.of(new FreeTime(start, names));
  }

  private TreeSet<Instant> candidates(Period within) {
    TreeSet<Instant> starts = new TreeSet<>();
    Choice first =
        choices.stream().min(Comparator.comparingLong(Choice::openMinutes)).orElseThrow();
    Duration offset = Duration.ofMinutes(first.need().from());
    Duration length = Duration.ofMinutes(first.need().present() - first.need().from());
    for (Free free : first.free()) {
      free.open()
          .forEach(
              (from, to) -> {
                Instant last = to.minus(length).minus(offset);
                for (Instant start = quarter(from.minus(offset));
                    !start.isAfter(last);
                    start = start.plus(Duration.ofMinutes(STEP))) {
                  if (!start.isBefore(within.from()) && start.isBefore(within.to())) {
                    starts.add(start);
                  }
                }
              });
    }
    return starts;
  }

  /** The first quarter hour of the clock on the wall that is not before. */
  private Instant quarter(Instant time) {
    ZonedDateTime local = time.atZone(zone).withSecond(0).withNano(0);
    ZonedDateTime begun = local.minusMinutes(local.getMinute() % STEP);
    return begun.toInstant().isBefore(time)
        ? begun.plusMinutes(STEP).toInstant()
        : begun.toInstant();
  }
}
