package org.carepathway.booking;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carepathway.booking.BookingRule.Named;
import org.carepathway.booking.Offer.Bound;
import org.carepathway.capacity.Need;
import org.carepathway.pathway.ExpressionContexts;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.security.CurrentUser;
import org.carepathway.template.FhirPathContext;
import org.carepathway.template.FhirPaths;
import org.carepathway.template.Moments;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.springframework.stereotype.Component;

/** Reads out of a patient's record what the rule of a form asks of a booking. */
@Component
class BookingLimits {

  private static final int ANY_MINUTE = 1440;

  private final ExpressionContexts contexts;
  private final FhirPaths paths;
  private final CurrentUser user;
  private final Clock clock;

  BookingLimits(ExpressionContexts contexts, FhirPaths paths, CurrentUser user, Clock clock) {
    this.contexts = contexts;
    this.paths = paths;
    this.user = user;
    this.clock = clock;
  }

  /**
   * @param first answers of the form
   */
  Limits of(BookingRule rule, OpenPathway open, String element, QuestionnaireResponse first) {
    FhirPathContext context =
        contexts.ofAll(open, rule.paths(), element, user.agent()).with("resource", first);
    return new Limits(
        rule,
        context,
        needs(rule, context),
        bounds(rule.earliest(), context),
        bounds(rule.latest(), context),
        number(rule.latestMinute(), context).orElse(ANY_MINUTE));
  }

  /**
   * What speaks against a start, of what the patient wishes.
   *
   * @return ends of keys {@code booking.against.*}
   */
  List<String> against(Limits asked, Instant start) {
    return asked.rule().prefer().stream()
        .filter(wish -> !paths.test(null, wish.path(), at(asked, start)))
        .map(Named::name)
        .toList();
  }

  FhirPathContext at(Limits asked, Instant start) {
    return asked.context().with("start", Chosen.time(start, clock.getZone()));
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

  private List<Bound> bounds(List<Named> some, FhirPathContext context) {
    return some.stream()
        .flatMap(
            each ->
                paths.evaluate(null, each.path(), context).stream()
                    .filter(BaseDateTimeType.class::isInstance)
                    .map(BaseDateTimeType.class::cast)
                    .filter(BaseDateTimeType::hasValue)
                    .map(
                        time ->
                            new Bound(
                                Moments.begin(time, context.zone()), each.name(), each.goal())))
        .toList();
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
