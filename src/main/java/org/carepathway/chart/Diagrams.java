package org.carepathway.chart;

import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.carepathway.content.PathwayContent;
import org.carepathway.engine.model.Diagram;
import org.springframework.stereotype.Component;

/** The drawings of each pathway version, each read once. */
@Component
class Diagrams {

  private final Map<String, List<Diagram>> read = new ConcurrentHashMap<>();

  List<Diagram> of(PathwayContent content) {
    return read.computeIfAbsent(content.canonical(), canonical -> Diagram.of(content.models()));
  }

  /** One process of a pathway; the main one where none is named. */
  Diagram of(PathwayContent content, String process) {
    String id = process == null || process.isBlank() ? content.key() : process;
    return find(content, id)
        .orElseThrow(() -> new ResourceNotFoundException("The pathway has no process " + id + "."));
  }

  Optional<Diagram> find(PathwayContent content, String process) {
    return of(content).stream().filter(diagram -> diagram.processId().equals(process)).findFirst();
  }
}
