package org.carepathway.capacity;

import java.util.Locale;

/**
 * A room, a person or a bay that is booked.
 *
 * @param kind code of CodeSystem {@code booked-as}, such as {@code room}
 * @param reference of the Location or PractitionerRole; null where a booking has named it only
 * @param setUp whether its sessions say when it can be booked; without that it can at any time
 */
public record Actor(long id, String kind, String name, String reference, boolean setUp) {

  /** Names that differ by spaces and capitals only are one. */
  static String key(String name) {
    return name.replaceAll("\\s+", "").toLowerCase(Locale.ROOT);
  }
}
