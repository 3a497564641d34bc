package org.carepathway.booking;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.carepathway.capacity.FreeTime;

/**
 * Free times for a booking.
 *
 * @param setUp whether anything that it needs has been set up; else there is nothing to propose
 * @param best the first ones, of different days
 * @param more those to choose from else
 * @param against start to what the patient wishes otherwise, ends of keys {@code
 *     booking.against.*}; empty for nothing
 * @param earliest what keeps the start from being earlier; null for nothing but now
 * @param latest what keeps it from being later; null for nothing
 * @param late whether no time is free up to the latest, so that those after it are shown
 */
public record Offer(
    boolean setUp,
    List<FreeTime> best,
    List<FreeTime> more,
    Map<Instant, List<String>> against,
    Bound earliest,
    Bound latest,
    boolean late) {

  /**
   * @param reason the end of a key {@code booking.because.*}
   * @param goal whether it should be kept only: what is later can still be booked
   */
  public record Bound(Instant at, String reason, boolean goal) {}
}
