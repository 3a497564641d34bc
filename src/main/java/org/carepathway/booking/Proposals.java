package org.carepathway.booking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.booking.Offer.Bound;
import org.carepathway.capacity.FreeTime;
import org.carepathway.capacity.FreeTimes;
import org.carepathway.capacity.OfferedTimes;
import org.carepathway.capacity.Period;
import org.carepathway.capacity.SlotSearch;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Proposes times for the booking that a form asks for, within what the record allows. */
@Component
public class Proposals {

  private static final int ANY_MINUTE = 1440;
  private static final int BEST = 3;
  private static final int MORE = 40;
  private static final int A_DAY = 6;
  private static final Duration AHEAD = Duration.ofDays(84);

  /** How far a day is looked for that the patient wishes. */
  private static final Duration WISHES = Duration.ofDays(28);

  private static final Predicate<Instant> ANY = start -> true;

  private final FreeTimes times;
  private final OfferedTimes offered;
  private final BookingLimits limits;
  private final FhirPaths paths;
  private final Clock clock;

  Proposals(
      FreeTimes times, OfferedTimes offered, BookingLimits limits, FhirPaths paths, Clock clock) {
    this.times = times;
    this.offered = offered;
    this.limits = limits;
    this.paths = paths;
    this.clock = clock;
  }

  /**
   * Free times for a form; empty where it books nothing.
   *
   * @param form key of the form, {@code id|version}
   * @param first its first answers
   */
  @Transactional(readOnly = true)
  public Optional<Offer> offer(
      OpenPathway open, String form, String element, QuestionnaireResponse first) {
    return BookingRule.of(open.content().questionnaire(form))
        .map(rule -> limits.of(rule, open, element, first))
        .map(asked -> offer(asked, open.pathway().referralId()));
  }

  /**
   * What the answers are when a start is chosen; empty when it is not free any more. Who is held
   * for the patient then comes before others.
   *
   * @return linkId to value
   */
  @Transactional(readOnly = true)
  public Optional<Chosen> choose(
      OpenPathway open, String form, String element, QuestionnaireResponse first, Instant start) {
    return BookingRule.of(open.content().questionnaire(form))
        .map(rule -> limits.of(rule, open, element, first))
        .flatMap(asked -> chosen(asked, start, open.pathway().referralId()));
  }

  private Offer offer(Limits asked, String own) {
    Bound earliest = asked.notBefore();
    Bound latest = asked.notAfter();
    Instant now = clock.instant();
    Instant from = earliest == null || earliest.at().isBefore(now) ? now : earliest.at();
    Instant end = now.plus(AHEAD);
    boolean setUp = asked.needs().stream().anyMatch(need -> times.isSetUp(need.kind()));
    Instant to = latest == null ? end : latest.at();
    List<FreeTime> best = best(asked, from, to, own);
    boolean late = best.isEmpty() && latest != null && latest.at().isBefore(end);
    if (late) {
      best = best(asked, from, end, own);
    }
    Period all = late || to.isAfter(from) ? new Period(from, late ? end : to) : null;
    List<FreeTime> more = all == null ? List.of() : find(asked, all, ANY, MORE, A_DAY, own);
    return new Offer(setUp, best, more, against(asked, best, more), earliest, latest, late);
  }

  /** Days as the patient wishes come first; where there are fewer, others follow. */
  private List<FreeTime> best(Limits asked, Instant from, Instant to, String own) {
    if (!to.isAfter(from)) {
      return List.of();
    }
    Period all = new Period(from, to);
    if (asked.rule().prefer().isEmpty()) {
      return find(asked, all, ANY, BEST, 1, own);
    }
    Instant end = from.plus(WISHES);
    Period soon = new Period(from, end.isBefore(to) ? end : to);
    List<FreeTime> best =
        new ArrayList<>(
            find(asked, soon, start -> limits.against(asked, start).isEmpty(), BEST, 1, own));
    find(asked, all, ANY, BEST, 1, own).stream()
        .filter(time -> best.stream().noneMatch(known -> known.start().equals(time.start())))
        .limit(BEST - best.size())
        .forEach(best::add);
    return best;
  }

  private Map<Instant, List<String>> against(
      Limits asked, List<FreeTime> best, List<FreeTime> more) {
    return Stream.concat(best.stream(), more.stream())
        .map(FreeTime::start)
        .distinct()
        .collect(Collectors.toMap(start -> start, start -> limits.against(asked, start)));
  }

  private Optional<Chosen> chosen(Limits asked, Instant start, String own) {
    Set<String> held = offered.held(own, start);
    return at(asked, start, own, held)
        .or(() -> held.isEmpty() ? Optional.empty() : at(asked, start, own, Set.of()))
        .map(free -> Chosen.of(free, asked.rule(), paths, limits.at(asked, start)));
  }

  private Optional<FreeTime> at(Limits asked, Instant start, String own, Set<String> only) {
    Period second = new Period(start, start.plusSeconds(1));
    return times
        .find(new SlotSearch(asked.needs(), only, second, ANY, ANY_MINUTE, 1, 1, own))
        .stream()
        .findFirst();
  }

  private List<FreeTime> find(
      Limits asked, Period within, Predicate<Instant> wanted, int most, int perDay, String own) {
    return times.find(
        new SlotSearch(
            asked.needs(), Set.of(), within, wanted, asked.latestMinute(), most, perDay, own));
  }
}
