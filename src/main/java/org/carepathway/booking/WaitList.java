package org.carepathway.booking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.answers.Enquiry;
import org.carepathway.answers.Submissions;
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
 * urgency, then by waiting time. It is held until they have answered; then it is the next one's.
 */
@Component
class WaitList implements Watch {

  private static final Duration KEPT = Duration.ofDays(30);

  private final FreedTimes freed;
  private final WaitRows rows;
  private final WaitingPatients waiting;
  private final Pathways pathways;
  private final Submissions submissions;
  private final Proposals proposals;
  private final Offers offers;
  private final CapacitySettings settings;
  private final OneByOne oneByOne;
  private final Clock clock;

  WaitList(
      FreedTimes freed,
      WaitRows rows,
      WaitingPatients waiting,
      Pathways pathways,
      Submissions submissions,
      Proposals proposals,
      Offers offers,
      CapacitySettings settings,
      OneByOne oneByOne,
      Clock clock) {
    this.freed = freed;
    this.rows = rows;
    this.waiting = waiting;
    this.pathways = pathways;
    this.submissions = submissions;
    this.proposals = proposals;
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
    if (over
        || waiting.all().stream()
            .filter(each -> !asked.contains(each.pathwayId()))
            .noneMatch(each -> offer(id, each, period.get()))) {
      freed.done(id);
    }
    return true;
  }

  private boolean offer(UUID id, Waiting who, Period period) {
    Optional<OpenPathway> open = pathways.view(who.pathwayId());
    return open.flatMap(each -> fit(each, who, period))
        .flatMap(
            fit ->
                offers.make(id, open.orElseThrow(), fit, clock.instant().plus(settings.answer())))
        .isPresent();
  }

  private Optional<Proposals.Fit> fit(OpenPathway open, Waiting who, Period period) {
    Instant to =
        who.booked() != null && who.booked().isBefore(period.to()) ? who.booked() : period.to();
    return to.isAfter(period.from())
        ? Moving.of(open.content())
            .flatMap(
                moving ->
                    proposals.within(
                        open,
                        moving,
                        submissions
                            .prefilled(Enquiry.of(open, moving.form(), moving.element()))
                            .answers(),
                        new Period(period.from(), to),
                        Set.of()))
        : Optional.empty();
  }
}
