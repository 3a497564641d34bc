package org.carepathway.chart;

import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carepathway.engine.Visits.Visit;
import org.carepathway.engine.model.Diagram.Node;
import org.carepathway.page.Texts;
import org.carepathway.pathway.ExpressionContexts;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.record.Agent;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.DateTimeType;
import org.springframework.stereotype.Component;

/** Steps that a pathway has gone through without doing them, such as a procedure that was moved. */
@Component
class NotDone {

  private final ExpressionContexts contexts;
  private final FhirPaths paths;
  private final Texts texts;

  NotDone(ExpressionContexts contexts, FhirPaths paths, Texts texts) {
    this.contexts = contexts;
    this.paths = paths;
    this.texts = texts;
  }

  /** Each such stay, with what happened instead in words. */
  Map<Visit, String> of(OpenPathway open, List<Visit> visits) {
    Map<Visit, String> found = new HashMap<>();
    for (Visit visit : visits) {
      end(open, visit)
          .map(Node::undone)
          .flatMap(path -> why(open, visit, path))
          .ifPresent(words -> found.put(visit, texts.of(words)));
    }
    return found;
  }

  private Optional<Node> end(OpenPathway open, Visit visit) {
    return visit.end() == null
        ? Optional.empty()
        : open.content()
            .diagram(visit.process())
            .flatMap(diagram -> diagram.node(visit.element()))
            .map(Node::calls)
            .flatMap(called -> open.content().diagram(called))
            .flatMap(called -> called.node(visit.end()));
  }

  /**
   * What was known when the step was left, {@code %left}: later stays have reasons of their own.
   */
  private Optional<String> why(OpenPathway open, Visit visit, String path) {
    return paths
        .evaluate(
            null,
            path,
            contexts
                .of(open, List.of(path), visit.element(), Agent.SERVICE)
                .with("left", new DateTimeType(Date.from(visit.left()))))
        .stream()
        .map(words -> words.primitiveValue())
        .filter(words -> words != null && !words.isBlank())
        .findFirst();
  }
}
