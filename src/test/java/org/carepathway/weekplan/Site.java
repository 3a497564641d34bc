package org.carepathway.weekplan;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.carepathway.capacity.Actor;
import org.carepathway.capacity.BookedAs;
import org.carepathway.capacity.Free;
import org.carepathway.capacity.Need;
import org.carepathway.capacity.Period;

/** A week of two days' sessions from 8 to 16 o'clock, with some of each kind. */
final class Site {

  static final ZoneId ZONE = ZoneId.of("Europe/Madrid");
  static final LocalDate MONDAY = LocalDate.of(2031, 3, 3);

  private final Map<String, List<Free>> free = new HashMap<>();
  private int id;

  /** Each that is named is at work on both days. */
  Site with(BookedAs kind, int count) {
    for (int i = 0; i < count; i++) {
      with(kind, new TreeMap<>());
    }
    return this;
  }

  /** One of which something is taken already. */
  Site with(BookedAs kind, NavigableMap<Instant, Instant> taken) {
    NavigableMap<Instant, Instant> open = new TreeMap<>();
    for (int day = 0; day < 2; day++) {
      open.put(at(day, "08:00"), at(day, "16:00"));
    }
    return with(kind, open, taken);
  }

  Site away(BookedAs kind) {
    return with(kind, new TreeMap<>(), new TreeMap<>());
  }

  private Site with(
      BookedAs kind, NavigableMap<Instant, Instant> open, NavigableMap<Instant, Instant> taken) {
    id++;
    free.computeIfAbsent(kind.code(), none -> new ArrayList<>())
        .add(new Free(new Actor(id, kind.code(), kind + " " + id, null, true), open, taken));
    return this;
  }

  Supply supply() {
    return new Supply(
        ZONE,
        new Period(
            MONDAY.atStartOfDay(ZONE).toInstant(),
            MONDAY.plusDays(7).atStartOfDay(ZONE).toInstant()),
        free);
  }

  static Instant at(int day, String time) {
    return MONDAY.plusDays(day).atTime(LocalTime.parse(time)).atZone(ZONE).toInstant();
  }

  /** A visit of an hour: the room for half an hour more, the bay for three hours after. */
  static Demand hour(int number) {
    return new Demand(new UUID(0, number), 25, 0, needs(), null, null, null, 24 * 60, Set.of());
  }

  static List<Need> needs() {
    return List.of(
        new Need("room", 0, 90, 60),
        new Need("operator", 0, 60, 60),
        new Need("sedation-nurse", 0, 60, 60),
        new Need("recovery-bay", 60, 240, 240));
  }

  static NavigableMap<Instant, Instant> taken(Instant from, Duration length) {
    return new TreeMap<>(Map.of(from, from.plus(length)));
  }

  static Site whole() {
    return new Site()
        .with(BookedAs.ROOM, 2)
        .with(BookedAs.OPERATOR, 2)
        .with(BookedAs.SEDATION_NURSE, 2)
        .with(BookedAs.RECOVERY_BAY, 4);
  }
}
