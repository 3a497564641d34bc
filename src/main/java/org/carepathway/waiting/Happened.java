package org.carepathway.waiting;

import java.time.Instant;
import org.carepathway.content.WaitingRule;

/**
 * Something that a rule of the waiting clock has found.
 *
 * @param until when a pause is over; null while it lasts, and for other rules
 */
public record Happened(Instant at, Instant until, WaitingRule rule) {

  boolean isBy(Instant now) {
    return !at.isAfter(now);
  }

  boolean lastsAt(Instant now) {
    return isBy(now) && (until == null || until.isAfter(now));
  }
}
