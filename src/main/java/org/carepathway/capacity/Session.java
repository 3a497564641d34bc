package org.carepathway.capacity;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.UUID;

/**
 * When an actor can be booked, each week.
 *
 * @param fromMinute of the site's day, 0 to 1439
 * @param toMinute of the same day, up to 1440, not in it
 * @param last day on which it still holds; null for no end
 */
public record Session(
    UUID id,
    long actor,
    DayOfWeek weekday,
    int fromMinute,
    int toMinute,
    LocalDate first,
    LocalDate last) {

  boolean isOn(LocalDate day) {
    return day.getDayOfWeek() == weekday
        && !day.isBefore(first)
        && (last == null || !day.isAfter(last));
  }

  /** Whether it holds on some day from one to another, both of them in it. */
  boolean isBetween(LocalDate from, LocalDate to) {
    return !to.isBefore(first) && (last == null || !from.isAfter(last));
  }
}
