package org.carepathway.invitation;

import java.time.Instant;
import java.util.UUID;

/**
 * What the calendar of somebody has of one booking. A booking that is moved, or cancelled and made
 * anew for the same referral, is the same event.
 *
 * @param person as they are set up
 * @param place the room; empty where none is booked
 * @param sequence how often it was changed
 * @param stamp when it was changed last
 */
record Invitation(
    UUID uid,
    String person,
    Instant from,
    Instant to,
    String place,
    int sequence,
    boolean cancelled,
    Instant stamp) {

  boolean saysTheSame(Invitation other) {
    return cancelled == other.cancelled
        && person.equals(other.person)
        && from.equals(other.from)
        && to.equals(other.to)
        && place.equals(other.place);
  }

  /** The next state of it. */
  Invitation changed(Invitation to) {
    return new Invitation(
        uid, to.person, to.from, to.to, to.place, sequence + 1, to.cancelled, to.stamp);
  }

  Invitation cancelled(Instant at) {
    return new Invitation(uid, person, from, to, place, sequence + 1, true, at);
  }
}
