package org.carepathway.outreach;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * Hours of each day, on the site's clock, such as those in which patients are not written to.
 *
 * @param from begin, included
 * @param to end, not included; the same as the begin for none
 */
record QuietHours(LocalTime from, LocalTime to) {

  /**
   * @param text such as {@code 20:00-09:00}; empty for none
   * @throws IllegalArgumentException for other text, naming the setting
   */
  static QuietHours parse(String text) {
    if (text.isBlank()) {
      return new QuietHours(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);
    }
    if (!text.strip().matches("([01]\\d|2[0-3]):[0-5]\\d-([01]\\d|2[0-3]):[0-5]\\d")) {
      throw new IllegalArgumentException(
          "carepathway.outreach.quiet is '%s': write hours such as 20:00-09:00, or nothing."
              .formatted(text));
    }
    String[] parts = text.strip().split("-");
    return new QuietHours(LocalTime.parse(parts[0]), LocalTime.parse(parts[1]));
  }

  /** The time itself, or the end of the quiet hours that it is in. */
  Instant after(Instant time, ZoneId zone) {
    if (!hold(time, zone)) {
      return time;
    }
    ZonedDateTime local = time.atZone(zone);
    boolean tomorrow = from.isAfter(to) && !local.toLocalTime().isBefore(from);
    return local.toLocalDate().plusDays(tomorrow ? 1 : 0).atTime(to).atZone(zone).toInstant();
  }

  /** Whether the time is in them. */
  boolean hold(Instant time, ZoneId zone) {
    LocalTime clock = time.atZone(zone).toLocalTime();
    return from.isAfter(to)
        ? !clock.isBefore(from) || clock.isBefore(to)
        : !clock.isBefore(from) && clock.isBefore(to);
  }
}
