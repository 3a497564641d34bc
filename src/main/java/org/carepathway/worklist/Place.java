package org.carepathway.worklist;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a page ends, so that the next one goes on from there whatever came or went before it.
 *
 * @param due null for an item that is due at no time; those come last
 */
record Place(int riskOrder, Instant due, UUID id) {

  private static final Instant EPOCH = Instant.EPOCH;

  static Place of(WorkItem item) {
    return new Place(100 - item.standing().risk(), item.dueAt(), item.id());
  }

  /** Empty for text that is no place, such as one that somebody typed. */
  static Optional<Place> parse(String text) {
    try {
      String[] parts = text.split("_", 3);
      return Optional.of(
          new Place(
              Integer.parseInt(parts[0]),
              parts[1].isEmpty() ? null : EPOCH.plus(Long.parseLong(parts[1]), ChronoUnit.MICROS),
              UUID.fromString(parts[2])));
    } catch (IllegalArgumentException
        | ArrayIndexOutOfBoundsException
        | ArithmeticException
        | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** For an address. */
  String text() {
    return "%d_%s_%s"
        .formatted(riskOrder, due == null ? "" : ChronoUnit.MICROS.between(EPOCH, due), id);
  }

  /** As text, since PostgreSQL's infinity is no instant. */
  String dueParameter() {
    return due == null ? "infinity" : due.toString();
  }
}
