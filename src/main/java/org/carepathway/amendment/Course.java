package org.carepathway.amendment;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.carepathway.engine.Visits;
import org.carepathway.fhir.Refusal;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.worklist.WorkItem;
import org.springframework.stereotype.Component;

/** What followed a task: the pathway has gone where the answers of that time led it. */
@Component
class Course {

  private final Visits visits;

  Course(Visits visits) {
    this.visits = visits;
  }

  /** Ids of the elements that the patient came to once the task was done. */
  Set<String> since(OpenPathway open, WorkItem item) {
    // The engine keeps milliseconds.
    Instant done = item.endedAt().truncatedTo(ChronoUnit.MILLIS);
    return visits.of(open.pathway().id()).stream()
        .filter(visit -> !visit.reached().isBefore(done))
        .map(Visits.Visit::element)
        .collect(Collectors.toSet());
  }

  /**
   * @param before what the branches have read, {@code process/element/variable} to value
   * @param after what they would read
   * @throws ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException (409) when the
   *     pathway would have gone another way
   */
  void require(Map<String, Object> before, Map<String, Object> after, OpenPathway open) {
    Set<String> steps = new TreeSet<>();
    before.forEach(
        (name, was) -> {
          if (!Objects.equals(was, after.get(name))) {
            steps.add(stepName(open, name.split("/")));
          }
        });
    if (!steps.isEmpty()) {
      throw Refusal.conflict(
          "QuestionnaireResponse",
          "The pathway has gone on by these answers (%s), and a correction does not turn it round; nothing was changed. Report what happened, have the step done again or leave the plan on the patient's page, and write a note."
              .formatted(String.join(", ", steps)));
    }
  }

  private static String stepName(OpenPathway open, String[] place) {
    return open.content()
        .diagram(place[0])
        .flatMap(diagram -> diagram.node(place[1]))
        .map(node -> node.name().isEmpty() ? node.id() : node.name())
        .orElse(place[1]);
  }
}
