package org.carepathway.booking;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.carepathway.booking.Offer.Bound;

/**
 * A week as it is booked, and as it could be.
 *
 * @param rows by day and room
 * @param left who waits and has no time in it
 */
public record WeekProposal(LocalDate monday, List<Row> rows, List<Left> left) {

  /**
   * An appointment of the week.
   *
   * @param day of the site's calendar
   * @param room empty where none is known
   * @param others who and what it takes besides, in the order of the kinds
   * @param patient empty for one who is not in sight
   * @param why of a proposed one; null for one that is booked or held
   */
  public record Row(
      LocalDate day,
      Instant start,
      String room,
      List<String> others,
      String patient,
      UUID pathwayId,
      Why why) {}

  /**
   * Why somebody is proposed then.
   *
   * @param place that the page sends back
   * @param pinned whether it stays when the week is proposed again
   * @param waited days
   * @param booked when they are booked now, and want an earlier time; null for no booking
   * @param notBefore what keeps them from being earlier; null for nothing
   * @param notAfter what keeps them from being later; null for nothing
   * @param against what the patient wishes otherwise, ends of keys {@code booking.against.*}
   */
  public record Why(
      Place place,
      boolean pinned,
      int priority,
      long waited,
      Instant booked,
      Bound notBefore,
      Bound notAfter,
      List<String> against) {

    /** Whether it is later than it should be. */
    public boolean isLate() {
      return notAfter != null && place.start().isAfter(notAfter.at());
    }
  }

  /**
   * Somebody without a time.
   *
   * @param others whether others who come first are the reason; else no time of the week fits
   */
  public record Left(
      UUID pathwayId,
      String patient,
      int priority,
      boolean others,
      Bound notBefore,
      Bound notAfter) {}
}
