package org.carepathway.booking;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.carepathway.answers.Enquiry;
import org.carepathway.answers.Submissions;
import org.carepathway.booking.Offer.Bound;
import org.carepathway.capacity.FreeTime;
import org.carepathway.capacity.FreeTimes;
import org.carepathway.capacity.Need;
import org.carepathway.capacity.Period;
import org.carepathway.capacity.SlotSearch;
import org.carepathway.pathway.OpenPathway;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Finds a time to move somebody's booking to, within what the form that books again allows. */
@Component
public class FittingTimes {

  private final Submissions submissions;
  private final BookingLimits limits;
  private final FreeTimes times;

  FittingTimes(Submissions submissions, BookingLimits limits, FreeTimes times) {
    this.submissions = submissions;
    this.limits = limits;
    this.times = times;
  }

  /**
   * A time in a period that fits somebody, with what it takes.
   *
   * @param needs of each kind, in minutes from the start
   * @param against what speaks against it of what the patient wishes; ends of keys {@code
   *     booking.against.*}
   */
  public record Fit(FreeTime time, List<Need> needs, List<String> against) {}

  /**
   * The first time in a period that the form could book and that the patient wishes, else the first
   * one that it could book; empty when none fits, or the pathway moves no booking.
   *
   * @param only references: of a kind of which it names any, no other is wanted
   */
  @Transactional(readOnly = true)
  public Optional<Fit> within(OpenPathway open, Period period, Set<String> only) {
    return Moving.of(open.content())
        .map(moving -> asked(open, moving))
        .flatMap(asked -> within(asked, period, only, open.pathway().referralId()));
  }

  private Limits asked(OpenPathway open, Moving moving) {
    return limits.of(
        BookingRule.of(open.content().questionnaire(moving.form())).orElseThrow(),
        open,
        moving.element(),
        submissions.prefilled(Enquiry.of(open, moving.form(), moving.element())).answers());
  }

  private Optional<Fit> within(Limits asked, Period period, Set<String> only, String own) {
    Bound earliest = asked.notBefore();
    Instant from =
        earliest != null && earliest.at().isAfter(period.from()) ? earliest.at() : period.from();
    Instant to = asked.end().filter(period.to()::isAfter).orElse(period.to());
    return to.isAfter(from) ? first(asked, only, new Period(from, to), own) : Optional.empty();
  }

  private Optional<Fit> first(Limits asked, Set<String> only, Period period, String own) {
    Predicate<Instant> wished = start -> limits.against(asked, start).isEmpty();
    Predicate<Instant> any = start -> true;
    return Stream.of(wished, any)
        .map(
            wanted ->
                new SlotSearch(
                    asked.needs(), only, period, wanted, asked.latestMinute(), 1, 1, own))
        .flatMap(search -> times.find(search).stream())
        .findFirst()
        .map(time -> new Fit(time, asked.needs(), limits.against(asked, time.start())));
  }
}
