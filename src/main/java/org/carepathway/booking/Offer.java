package org.carepathway.booking;

import java.time.Instant;
import java.util.List;
import org.carepathway.capacity.FreeTime;

/**
 * Free times for a booking.
 *
 * @param setUp whether anything that it needs has been set up; else there is nothing to propose
 * @param best the first ones, of different days
 * @param more those to choose from else
 * @param earliest what keeps the start from being earlier; null for nothing but now
 * @param latest what keeps it from being later; null for nothing
 * @param late whether no time is free up to the latest, so that those after it are shown
 */
public record Offer(
    boolean setUp,
    List<FreeTime> best,
    List<FreeTime> more,
    Bound earliest,
    Bound latest,
    boolean late) {

  /**
   * @param reason the end of a key {@code booking.because.*}
   */
  public record Bound(Instant at, String reason) {}
}
