package org.carepathway.pathway;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.carepathway.content.Urgency;
import org.carepathway.record.Agent;
import org.carepathway.template.FhirPaths;
import org.carepathway.template.Moments;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.IntegerType;
import org.springframework.stereotype.Component;

/** How urgent the patient of a pathway is, and when that changes by itself ({@link Urgency}). */
@Component
public class Urgencies {

  private static final int ISO_DAY_LENGTH = "2000-01-01".length();

  private final ExpressionContexts contexts;
  private final FhirPaths paths;
  private final Clock clock;

  Urgencies(ExpressionContexts contexts, FhirPaths paths, Clock clock) {
    this.contexts = contexts;
    this.paths = paths;
    this.clock = clock;
  }

  /** 0 routine, 25 urgent, 50 as soon as possible, 75 at once; 0 where the pathway says nothing. */
  public int now(OpenPathway open) {
    return values(open, open.content().urgency().map(Urgency::now).orElse(null))
        .filter(IntegerType.class::isInstance)
        .map(value -> ((IntegerType) value).getValue())
        .findFirst()
        .orElse(0);
  }

  /** The beginning of the next day on which the patient may become more urgent; null for none. */
  public Instant next(OpenPathway open) {
    return values(open, open.content().urgency().map(Urgency::changes).orElse(null))
        .filter(BaseDateTimeType.class::isInstance)
        .map(day -> Moments.day((BaseDateTimeType) day, clock.getZone()))
        .map(day -> day.atStartOfDay(clock.getZone()).toInstant())
        .filter(clock.instant()::isBefore)
        .min(Instant::compareTo)
        .orElse(null);
  }

  private Stream<Base> values(OpenPathway open, String path) {
    return path == null
        ? Stream.empty()
        : paths.evaluate(null, path, contexts.of(open, List.of(path), "", Agent.SERVICE)).stream();
  }
}
