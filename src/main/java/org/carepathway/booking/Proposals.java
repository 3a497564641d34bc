package org.carepathway.booking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.carepathway.booking.BookingRule.Named;
import org.carepathway.booking.Offer.Bound;
import org.carepathway.capacity.FreeTime;
import org.carepathway.capacity.FreeTimes;
import org.carepathway.capacity.Need;
import org.carepathway.capacity.Period;
import org.carepathway.capacity.SlotSearch;
import org.carepathway.pathway.ExpressionContexts;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.security.CurrentUser;
import org.carepathway.template.FhirPathContext;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
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

  private final FreeTimes times;
  private final ExpressionContexts contexts;
  private final FhirPaths paths;
  private final CurrentUser user;
  private final Clock clock;

  Proposals(
      FreeTimes times,
      ExpressionContexts contexts,
      FhirPaths paths,
      CurrentUser user,
      Clock clock) {
    this.times = times;
    this.contexts = contexts;
    this.paths = paths;
    this.user = user;
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
        .map(rule -> offer(rule, context(rule, open, element, first), open.pathway().referralId()));
  }

  /**
   * What the answers are when a start is chosen; empty when it is not free any more.
   *
   * @return linkId to value
   */
  @Transactional(readOnly = true)
  public Optional<Chosen> choose(
      OpenPathway open, String form, String element, QuestionnaireResponse first, Instant start) {
    return BookingRule.of(open.content().questionnaire(form))
        .flatMap(
            rule ->
                chosen(
                    rule, context(rule, open, element, first), start, open.pathway().referralId()));
  }

  /**
   * The first time in a period that fits somebody, with what it takes.
   *
   * @param needs of each kind, in minutes from the start
   */
  public record Fit(FreeTime time, List<Need> needs) {}

  /** The first time in a period that the form could book; empty when none fits. */
  @Transactional(readOnly = true)
  public Optional<Fit> within(
      OpenPathway open, Moving moving, QuestionnaireResponse first, Period period) {
    BookingRule rule = BookingRule.of(open.content().questionnaire(moving.form())).orElseThrow();
    FhirPathContext context = context(rule, open, moving.element(), first);
    List<Need> needs = needs(rule, context);
    Instant from =
        bounds(rule.earliest(), context)
            .map(Bound::at)
            .filter(period.from()::isBefore)
            .max(Comparator.naturalOrder())
            .orElse(period.from());
    Instant to =
        bounds(rule.latest(), context)
            .map(Bound::at)
            .filter(period.to()::isAfter)
            .min(Comparator.naturalOrder())
            .orElse(period.to());
    int minute = number(rule.latestMinute(), context).orElse(ANY_MINUTE);
    return find(needs, from, to, minute, 1, 1, open.pathway().referralId()).stream()
        .findFirst()
        .map(time -> new Fit(time, needs));
  }

  private FhirPathContext context(
      BookingRule rule, OpenPathway open, String element, QuestionnaireResponse first) {
    return contexts.ofAll(open, rule.paths(), element, user.agent()).with("resource", first);
  }

  private Offer offer(BookingRule rule, FhirPathContext context, String own) {
    List<Need> needs = needs(rule, context);
    Bound earliest =
        bounds(rule.earliest(), context).max(Comparator.comparing(Bound::at)).orElse(null);
    Bound latest = bounds(rule.latest(), context).min(Comparator.comparing(Bound::at)).orElse(null);
    Instant now = clock.instant();
    Instant from = earliest == null || earliest.at().isBefore(now) ? now : earliest.at();
    Instant end = now.plus(AHEAD);
    int minute = number(rule.latestMinute(), context).orElse(ANY_MINUTE);
    boolean setUp = needs.stream().anyMatch(need -> times.isSetUp(need.kind()));
    Instant to = latest == null ? end : latest.at();
    List<FreeTime> best = find(needs, from, to, minute, BEST, 1, own);
    boolean late = best.isEmpty() && latest != null && latest.at().isBefore(end);
    if (late) {
      best = find(needs, from, end, minute, BEST, 1, own);
    }
    List<FreeTime> more = find(needs, from, late ? end : to, minute, MORE, A_DAY, own);
    return new Offer(setUp, best, more, earliest, latest, late);
  }

  private Optional<Chosen> chosen(
      BookingRule rule, FhirPathContext context, Instant start, String own) {
    List<Need> needs = needs(rule, context);
    return find(needs, start, start.plusSeconds(1), ANY_MINUTE, 1, 1, own).stream()
        .findFirst()
        .map(free -> Chosen.of(free, rule, paths, at(context, start)));
  }

  private FhirPathContext at(FhirPathContext context, Instant start) {
    return context.with("start", Chosen.time(start, clock.getZone()));
  }

  private List<FreeTime> find(
      List<Need> needs,
      Instant from,
      Instant to,
      int minute,
      int most,
      int perDay,
      String besides) {
    return needs.isEmpty() || !to.isAfter(from)
        ? List.of()
        : times.find(
            new SlotSearch(needs, Set.of(), new Period(from, to), minute, most, perDay, besides));
  }

  private List<Need> needs(BookingRule rule, FhirPathContext context) {
    List<Need> needs = new ArrayList<>();
    for (BookingRule.NeedRule need : rule.needs()) {
      if (need.when() == null || paths.test(null, need.when(), context)) {
        number(need.to(), context)
            .ifPresent(
                to ->
                    needs.add(
                        new Need(
                            need.kind(),
                            number(need.from(), context).orElse(0),
                            to,
                            number(need.present(), context).orElse(to))));
      }
    }
    return needs;
  }

  private Stream<Bound> bounds(List<Named> some, FhirPathContext context) {
    return some.stream()
        .flatMap(
            each ->
                paths.evaluate(null, each.path(), context).stream()
                    .filter(BaseDateTimeType.class::isInstance)
                    .map(BaseDateTimeType.class::cast)
                    .filter(BaseDateTimeType::hasValue)
                    .map(time -> new Bound(time.getValue().toInstant(), each.name())));
  }

  private Optional<Integer> number(String path, FhirPathContext context) {
    return path == null
        ? Optional.empty()
        : paths.evaluate(null, path, context).stream()
            .findFirst()
            .map(Base::primitiveValue)
            .map(Double::valueOf)
            .map(Double::intValue);
  }
}
