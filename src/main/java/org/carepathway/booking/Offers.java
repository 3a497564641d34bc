package org.carepathway.booking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.capacity.OfferedTimes;
import org.carepathway.pathway.OpenPathway;
import org.springframework.stereotype.Component;

/** Offers somebody a time, which is held until they have answered. */
@Component
class Offers {

  private final OfferedTimes times;
  private final WaitRows rows;
  private final Clock clock;

  Offers(OfferedTimes times, WaitRows rows, Clock clock) {
    this.times = times;
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * Holds all that it takes, in the caller's transaction. At most half of the time that is left is
   * for the answer.
   *
   * @param freed id of a freed time; null for one of a plan
   * @param answerBy when it is over at the latest
   * @return until when it is held; empty when some of it is not free, and nothing is held
   */
  Optional<Instant> make(UUID freed, OpenPathway open, FittingTimes.Fit fit, Instant answerBy) {
    Instant now = clock.instant();
    Instant half = now.plus(Duration.between(now, fit.time().start()).dividedBy(2));
    Instant until = half.isBefore(answerBy) ? half : answerBy;
    UUID offer = UUID.randomUUID();
    boolean held =
        times.offer(offer.toString(), open.pathway().referralId(), fit.time(), fit.needs(), until);
    if (held) {
      rows.offer(
          new Offered(
              offer,
              freed,
              open.pathway().id(),
              fit.time().start(),
              now,
              until,
              fit.against(),
              null,
              null,
              null));
    }
    return held ? Optional.of(until) : Optional.empty();
  }
}
