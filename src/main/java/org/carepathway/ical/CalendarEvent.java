package org.carepathway.ical;

import java.time.Instant;

/**
 * Something in a calendar.
 *
 * @param uid by which calendars know it for good; it says nothing of a patient
 * @param sequence how often it was changed
 * @param stamp when it was changed last
 * @param place empty for none
 * @param description empty for none
 */
public record CalendarEvent(
    String uid,
    int sequence,
    Instant stamp,
    Instant from,
    Instant to,
    String summary,
    String place,
    String description) {}
