package org.carepathway.capacity;

import java.time.Instant;

/**
 * An actor that an appointment takes for a time.
 *
 * @param expires when a hold ends; null of a booking
 */
record Claim(
    long actor, String appointment, String referral, Period during, String state, Instant expires) {

  boolean isOver(Instant now) {
    return expires != null && !expires.isAfter(now);
  }
}
