package org.carepathway.capacity;

import java.io.Serializable;
import java.sql.Timestamp;
import java.time.Instant;

/** From an instant up to another one, which is not in it. */
public record Period(Instant from, Instant to) implements Serializable {

  /**
   * @throws IllegalArgumentException when it does not end after it begins
   */
  public Period {
    if (!to.isAfter(from)) {
      throw new IllegalArgumentException("%s is not after %s".formatted(to, from));
    }
  }

  /** Whether they have a time in common. */
  public boolean overlaps(Period other) {
    return from.isBefore(other.to) && other.from.isBefore(to);
  }

  boolean holds(Period other) {
    return !other.from.isBefore(from) && !other.to.isAfter(to);
  }

  Timestamp start() {
    return Timestamp.from(from);
  }

  Timestamp end() {
    return Timestamp.from(to);
  }
}
