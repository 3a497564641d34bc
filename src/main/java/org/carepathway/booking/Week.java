package org.carepathway.booking;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.carepathway.capacity.Actor;

/**
 * What is booked on some days, by room and person.
 *
 * @param days one after the other
 */
public record Week(List<LocalDate> days, List<Row> rows) {

  /**
   * @param cells one for each day
   */
  public record Row(Actor actor, List<List<Booking>> cells) {}

  /**
   * @param patient empty for one who is not in sight, or not known here
   * @param pathwayId null where the booking is of no pathway in sight
   * @param missing what still has to be done before, in the words of the tasks
   * @param away why it cannot stand: the reason of a leave or closure in its time; empty for none
   * @param movedBy event by which it is moved or cancelled; null where it cannot be from here
   */
  public record Booking(
      LocalTime from,
      LocalTime to,
      String state,
      String patient,
      UUID pathwayId,
      List<String> missing,
      String away,
      String movedBy) {}
}
