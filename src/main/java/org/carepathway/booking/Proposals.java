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
import org.carepathway.capacity.Bookings;
import org.carepathway.capacity.FreeTime;
import org.carepathway.capacity.FreeTimes;
import org.carepathway.capacity.Need;
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
  private final Bookings bookings;
  private final BookingLimits limits;
  private final FhirPaths paths;
  private final Clock clock;

  Proposals(
      FreeTimes times, Bookings bookings, BookingLimits limits, FhirPaths paths, Clock clock) {
    this.times = times;
    this.bookings = bookings;
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
   * one that it could book; empty when none fits.
   *
   * @param only references: of a kind of which it names any, no other is wanted
   */
  @Transactional(readOnly = true)
  public Optional<Fit> within(
      OpenPathway open,
      Moving moving,
      QuestionnaireResponse first,
      Period period,
      Set<String> only) {
    Limits asked =
        limits.of(
            BookingRule.of(open.content().questionnaire(moving.form())).orElseThrow(),
            open,
            moving.element(),
            first);
    Bound earliest = asked.notBefore();
    Instant from =
        earliest != null && earliest.at().isAfter(period.from()) ? earliest.at() : period.from();
    Instant to = asked.end().filter(period.to()::isAfter).orElse(period.to());
    return to.isAfter(from)
        ? fit(asked, only, new Period(from, to), open.pathway().referralId())
        : Optional.empty();
  }

  private Optional<Fit> fit(Limits asked, Set<String> only, Period period, String own) {
    Predicate<Instant> wished = start -> limits.against(asked, start).isEmpty();
    return Stream.of(wished, ANY)
        .flatMap(
            wanted -> find(asked, only, period, wanted, asked.latestMinute(), 1, 1, own).stream())
        .findFirst()
        .map(time -> new Fit(time, asked.needs(), limits.against(asked, time.start())));
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
    Set<String> held = bookings.held(own, start);
    return at(asked, start, own, held)
        .or(() -> held.isEmpty() ? Optional.empty() : at(asked, start, own, Set.of()))
        .map(free -> Chosen.of(free, asked.rule(), paths, limits.at(asked, start)));
  }

  private Optional<FreeTime> at(Limits asked, Instant start, String own, Set<String> only) {
    Period second = new Period(start, start.plusSeconds(1));
    return find(asked, only, second, ANY, ANY_MINUTE, 1, 1, own).stream().findFirst();
  }

  private List<FreeTime> find(
      Limits asked, Period within, Predicate<Instant> wanted, int most, int perDay, String own) {
    return find(asked, Set.of(), within, wanted, asked.latestMinute(), most, perDay, own);
  }

  private List<FreeTime> find(
      Limits asked,
      Set<String> only,
      Period within,
      Predicate<Instant> wanted,
      int minute,
      int most,
      int perDay,
      String own) {
    return asked.needs().isEmpty()
        ? List.of()
        : times.find(
            new SlotSearch(asked.needs(), only, within, wanted, minute, most, perDay, own));
  }
}
