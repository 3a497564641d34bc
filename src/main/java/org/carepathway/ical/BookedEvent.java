package org.carepathway.ical;

import java.time.Instant;
import java.util.UUID;

/**
 * What a patient's calendar has of an appointment. One that is cancelled and booked anew at another
 * time is the same event: a calendar moves it instead of showing two.
 *
 * @param appointment id of the Appointment that it is now
 * @param comes when the patient is to come
 * @param arrival whether that is an arrival before the start
 * @param place empty where none is named
 * @param sequence how often it was moved or cancelled
 * @param stamp when it was changed last
 */
public record BookedEvent(
    UUID uid,
    UUID pathwayId,
    String appointment,
    Instant comes,
    Instant ends,
    boolean arrival,
    String place,
    int sequence,
    boolean cancelled,
    Instant stamp) {

  /** The next state of it, told to calendars by a higher number. */
  BookedEvent changed(BookedEvent to) {
    return new BookedEvent(
        uid,
        pathwayId,
        to.appointment,
        to.comes,
        to.ends,
        to.arrival,
        to.place,
        sequence + 1,
        to.cancelled,
        to.stamp);
  }

  boolean saysTheSame(BookedEvent other) {
    return cancelled == other.cancelled
        && comes.equals(other.comes)
        && ends.equals(other.ends)
        && arrival == other.arrival
        && place.equals(other.place);
  }

  /** As a calendar shows it. */
  public CalendarEvent shown(String summary, String description) {
    return new CalendarEvent(
        uid + "@carepathway.org", sequence, stamp, comes, ends, summary, place, description);
  }
}
