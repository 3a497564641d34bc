package org.carepathway.waiting;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.carepathway.calendar.WorkingTime;
import org.carepathway.content.Catalogue;
import org.carepathway.content.PathwayContent;
import org.carepathway.content.WaitingRule;
import org.carepathway.content.WaitingTable;
import org.carepathway.pathway.ExpressionContexts;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.record.Agent;
import org.carepathway.template.FhirPathContext;
import org.carepathway.template.FhirPaths;
import org.carepathway.template.Moments;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.springframework.stereotype.Component;

/** Asks the rules of a pathway's content when the clock of its patient ran. */
@Component
public class WaitingClocks {

  private static final int DAY = "2000-01-01".length();

  private final Catalogue catalogue;
  private final ExpressionContexts contexts;
  private final FhirPaths paths;
  private final WorkingTime time;
  private final Clock clock;

  WaitingClocks(
      Catalogue catalogue,
      ExpressionContexts contexts,
      FhirPaths paths,
      WorkingTime time,
      Clock clock) {
    this.catalogue = catalogue;
    this.contexts = contexts;
    this.paths = paths;
    this.time = time;
    this.clock = clock;
  }

  /** Empty where the pathway has no table, or nothing has started a clock. */
  public Optional<WaitingClock> of(OpenPathway open) {
    WaitingTable table = table(open);
    if (table.limit() == null) {
      return Optional.empty();
    }
    FhirPathContext context = contexts.of(open, table.expressions(), "", Agent.SERVICE);
    String limit =
        paths.evaluate(null, table.limit(), context).stream()
            .findFirst()
            .map(Base::primitiveValue)
            .orElse(null);
    List<Happened> found = new ArrayList<>();
    table.rules().forEach(rule -> found.addAll(found(rule, context)));
    return new Reckoning(limit, clock.instant(), clock.getZone(), time::from).of(found);
  }

  /** What holds is the table of the content as it is now, also for older versions. */
  private WaitingTable table(OpenPathway open) {
    return catalogue.offered().stream()
        .filter(content -> content.key().equals(open.content().key()))
        .findFirst()
        .map(PathwayContent::waiting)
        .orElse(open.content().waiting());
  }

  private List<Happened> found(WaitingRule rule, FhirPathContext context) {
    if (rule.each() == null) {
      return times(rule.at(), context).map(at -> new Happened(at, null, rule)).toList();
    }
    return paths.evaluate(null, rule.each(), context).stream()
        .map(each -> context.with("each", each))
        .flatMap(
            each ->
                times(rule.at(), each)
                    .map(
                        at ->
                            new Happened(
                                at,
                                rule.until() == null
                                    ? null
                                    : times(rule.until(), each).findFirst().orElse(null),
                                rule)))
        .toList();
  }

  private Stream<Instant> times(String path, FhirPathContext context) {
    return paths.evaluate(null, path, context).stream()
        .filter(BaseDateTimeType.class::isInstance)
        .map(BaseDateTimeType.class::cast)
        .filter(BaseDateTimeType::hasValue)
        .map(value -> Moments.begin(value, clock.getZone()));
  }
}
