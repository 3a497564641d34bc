package org.carepathway.booking;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.carepathway.booking.Offer.Bound;
import org.carepathway.capacity.Need;
import org.carepathway.template.FhirPathContext;

/**
 * What a booking needs, and when it may be.
 *
 * @param context in which what follows from its start is evaluated
 * @param needs of each kind, in minutes from the start
 * @param latestMinute of the site's day at which it may start
 */
record Limits(
    BookingRule rule,
    FhirPathContext context,
    List<Need> needs,
    List<Bound> earliest,
    List<Bound> latest,
    int latestMinute) {

  /** What keeps it from being earlier; null for nothing. */
  Bound notBefore() {
    return earliest.stream().max(Comparator.comparing(Bound::at)).orElse(null);
  }

  /** What keeps it from being later, goals among them; null for nothing. */
  Bound notAfter() {
    return first(latest.stream()).orElse(null);
  }

  /** The last time that can be booked at all: a goal that is missed does not forbid it. */
  Optional<Instant> end() {
    return first(latest.stream().filter(bound -> !bound.goal())).map(Bound::at);
  }

  Optional<Instant> goal() {
    return first(latest.stream().filter(Bound::goal)).map(Bound::at);
  }

  private static Optional<Bound> first(Stream<Bound> bounds) {
    return bounds.min(Comparator.comparing(Bound::at));
  }
}
