package org.carepathway.booking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.capacity.CapacitySettings;
import org.carepathway.capacity.FreedTimes;
import org.carepathway.capacity.Period;
import org.carepathway.clock.OneByOne;
import org.carepathway.clock.Watch;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.springframework.stereotype.Component;

/**
 * Offers a time of a room that was given back: to the first who is ready and whom it fits, by
 * urgency, then by waiting time. Those whom it suits, by what they said at the work-up, come before
 * those whom it does not. It is held until they have answered; then it is the next one's.
 */
@Component
class WaitList implements Watch {

  private static final Duration KEPT = Duration.ofDays(30);

  private final FreedTimes freed;
  private final WaitRows rows;
  private final WaitingPatients waiting;
  private final Pathways pathways;
  private final FittingTimes fitting;
  private final Offers offers;
  private final CapacitySettings settings;
  private final OneByOne oneByOne;
  private final Clock clock;

  WaitList(
      FreedTimes freed,
      WaitRows rows,
      WaitingPatients waiting,
      Pathways pathways,
      FittingTimes fitting,
      Offers offers,
      CapacitySettings settings,
      OneByOne oneByOne,
      Clock clock) {
    this.freed = freed;
    this.rows = rows;
    this.waiting = waiting;
    this.pathways = pathways;
    this.fitting = fitting;
    this.offers = offers;
    this.settings = settings;
    this.oneByOne = oneByOne;
    this.clock = clock;
  }

  @Override
  public void look() {
    rows.expire(clock.instant());
    freed.forget(clock.instant().minus(KEPT));
    oneByOne.run("offer the freed time", freed.open(), this::offer);
  }

  private boolean offer(UUID id) {
    Optional<Period> period = freed.lock(id);
    if (period.isEmpty()) {
      return false;
    }
    List<Offered> earlier = rows.of(id);
    if (earlier.stream().anyMatch(each -> each.answer() == null)) {
      return false;
    }
    Set<UUID> asked =
        Stream.concat(earlier.stream().map(Offered::pathwayId), rows.asked().stream())
            .collect(Collectors.toSet());
    boolean over =
        earlier.stream().anyMatch(each -> "accepted".equals(each.answer()))
            || !period.get().from().isAfter(clock.instant());
    if (over || !offered(id, asked, period.get())) {
      freed.done(id);
    }
    return true;
  }

  /**
   * To the first whom it suits; where it suits nobody, to the first who could come all the same.
   */
  private boolean offered(UUID id, Set<UUID> asked, Period period) {
    List<Candidate> unwished = new ArrayList<>();
    for (Waiting who : waiting.all()) {
      Optional<Candidate> candidate =
          asked.contains(who.pathwayId()) ? Optional.empty() : candidate(who, period);
      if (candidate.filter(each -> !each.fit().against().isEmpty()).isPresent()) {
        unwished.add(candidate.get());
      } else if (candidate.filter(each -> make(id, each)).isPresent()) {
        return true;
      }
    }
    return unwished.stream().anyMatch(each -> make(id, each));
  }

  /** Somebody whom the time fits. */
  private record Candidate(OpenPathway open, FittingTimes.Fit fit) {}

  private Optional<Candidate> candidate(Waiting who, Period period) {
    return pathways
        .view(who.pathwayId())
        .flatMap(open -> fit(open, who, period).map(fit -> new Candidate(open, fit)));
  }

  private boolean make(UUID id, Candidate candidate) {
    return offers
        .make(id, candidate.open(), candidate.fit(), clock.instant().plus(settings.answer()))
        .isPresent();
  }

  private Optional<FittingTimes.Fit> fit(OpenPathway open, Waiting who, Period period) {
    Instant to =
        who.booked() != null && who.booked().isBefore(period.to()) ? who.booked() : period.to();
    return to.isAfter(period.from())
        ? fitting.within(open, new Period(period.from(), to), Set.of())
        : Optional.empty();
  }
}
