package org.carepathway.pathway;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.carepathway.content.PathwayEvent;
import org.carepathway.content.PathwayEvent.Change;
import org.carepathway.engine.PathwayEngine;
import org.carepathway.record.Agent;
import org.carepathway.record.Records;
import org.carepathway.record.Trigger;
import org.carepathway.template.FhirPathContext;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/** Gives a pathway the events that a changed resource is, as its content says. */
@Component
public class ToldEvents {

  private final Pathways pathways;
  private final PathwayEngine engine;
  private final Records records;
  private final FhirPaths paths;
  private final Clock clock;

  ToldEvents(
      Pathways pathways, PathwayEngine engine, Records records, FhirPaths paths, Clock clock) {
    this.pathways = pathways;
    this.engine = engine;
    this.records = records;
    this.paths = paths;
    this.clock = clock;
  }

  /**
   * @param before null for a new one
   * @param cause by which the change is known; ids of what steps write follow from it
   * @param agent who changed it; asked where an event is told only
   * @return whether anything in the pathway waited for it
   */
  public boolean tell(
      Pathway pathway, Resource before, Resource after, String cause, Supplier<Agent> agent) {
    return tell(pathway, before, after, cause, agent, change -> true);
  }

  /** The same of what a step of another pathway of the patient has written. */
  void tellOfStep(Pathway pathway, Resource written, String cause, Supplier<Agent> agent) {
    tell(pathway, null, written, cause, agent, Change::bySteps);
  }

  private boolean tell(
      Pathway pathway,
      Resource before,
      Resource after,
      String cause,
      Supplier<Agent> agent,
      Predicate<Change> counts) {
    List<PathwayEvent> events =
        pathways.content(pathway).events().stream()
            .filter(event -> isNew(event, before, after, counts))
            .toList();
    boolean heard = false;
    for (PathwayEvent event : events) {
      boolean[] waited = {false};
      records.because(
          new Trigger(cause + '/' + event.message(), agent.get(), after, before),
          () ->
              waited[0] =
                  pathways.open(pathway.id()).pathway().isActive()
                      && engine.correlate(event.message(), pathway.id()));
      heard |= waited[0];
    }
    return heard;
  }

  static boolean isAbout(PathwayEvent event, Resource resource) {
    return event.changes().stream().anyMatch(change -> change.type().equals(resource.fhirType()));
  }

  private boolean isNew(
      PathwayEvent event, Resource before, Resource after, Predicate<Change> counts) {
    return event.changes().stream()
        .filter(change -> change.type().equals(after.fhirType()))
        .filter(counts)
        .anyMatch(change -> isNew(change, before, after));
  }

  /** A condition that asks for {@code %previous} says itself what a change is. */
  private boolean isNew(Change change, Resource before, Resource after) {
    return holds(change, before, after)
        && (before == null
            || paths.variables(change.condition()).contains("previous")
            || !holds(change, null, before));
  }

  private boolean holds(Change change, Resource before, Resource resource) {
    return paths.test(
        resource,
        change.condition(),
        FhirPathContext.at(ZonedDateTime.now(clock))
            .with("resource", resource)
            .with("changed", resource)
            .with("previous", before));
  }
}
