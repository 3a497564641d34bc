package org.carepathway.outreach;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.carepathway.content.PatientContact;
import org.carepathway.pathway.ExpressionContexts;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.record.Agent;
import org.carepathway.template.FhirPaths;
import org.springframework.stereotype.Component;

/**
 * When a patient is written to: never in quiet hours, and in the hours that the patient has named,
 * unless a message would come too late by that.
 */
@Component
class WelcomeHours {

  /** What is left for the patient to answer, or to fast and find somebody who drives. */
  private static final Duration TIME_TO_ACT = Duration.ofHours(12);

  private final QuietHours quiet;
  private final ExpressionContexts contexts;
  private final FhirPaths paths;
  private final Clock clock;

  WelcomeHours(
      OutreachSettings settings, ExpressionContexts contexts, FhirPaths paths, Clock clock) {
    this.quiet = QuietHours.parse(settings.quiet());
    this.contexts = contexts;
    this.paths = paths;
    this.clock = clock;
  }

  /** The time itself, or when a message about the matter may leave after it. */
  Instant after(Instant time, Matter matter, OpenPathway open) {
    Instant soonest = afterQuiet(time);
    Instant latest = matter.ends().minus(TIME_TO_ACT);
    return wanted(soonest, named(open)).filter(at -> !at.isAfter(latest)).orElse(soonest);
  }

  /** The time itself, or the end of the quiet hours that it is in. */
  Instant afterQuiet(Instant time) {
    return quiet.after(time, clock.getZone());
  }

  /** Quiet hours that are named all the same are none. */
  private Optional<Instant> wanted(Instant soonest, List<QuietHours> named) {
    if (named.stream().anyMatch(hours -> hours.hold(soonest, clock.getZone()))) {
      return Optional.of(soonest);
    }
    ZonedDateTime local = soonest.atZone(clock.getZone());
    return IntStream.rangeClosed(0, 1)
        .mapToObj(local.toLocalDate()::plusDays)
        .flatMap(day -> named.stream().map(hours -> day.atTime(hours.from())))
        .map(begin -> begin.atZone(clock.getZone()).toInstant())
        .filter(soonest::isBefore)
        .map(begin -> quiet.after(begin, clock.getZone()))
        .filter(at -> named.stream().anyMatch(hours -> hours.hold(at, clock.getZone())))
        .min(Instant::compareTo);
  }

  private List<QuietHours> named(OpenPathway open) {
    return open.content().patientContact().map(PatientContact::hours).stream()
        .flatMap(path -> evaluate(path, open))
        .map(QuietHours::parse)
        .toList();
  }

  private Stream<String> evaluate(String path, OpenPathway open) {
    return paths
        .evaluate(null, path, contexts.of(open, List.of(path), null, Agent.SERVICE))
        .stream()
        .map(each -> each.primitiveValue());
  }
}
