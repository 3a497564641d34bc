package org.carepathway.capacity;

/**
 * One of a kind that a booking needs.
 *
 * @param kind code of CodeSystem {@code booked-as}
 * @param from minutes after the start from which it is taken
 * @param to minutes after the start up to which nobody else can have it
 * @param present minutes after the start up to which it must be in its session, at most {@code to}
 */
public record Need(String kind, int from, int to, int present) {

  /**
   * @throws IllegalArgumentException when it ends before it begins
   */
  public Need {
    if (to <= from || present <= from || present > to) {
      throw new IllegalArgumentException(
          "%s: needed from minute %d to %d, at work to %d".formatted(kind, from, to, present));
    }
  }
}
