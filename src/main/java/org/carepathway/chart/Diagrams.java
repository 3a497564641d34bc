package org.carepathway.chart;

import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import org.carepathway.content.PathwayContent;
import org.carepathway.engine.model.Diagram;

/** The drawings of a pathway that pages ask for. */
final class Diagrams {

  private Diagrams() {}

  /**
   * One process of a pathway; the main one where none is named.
   *
   * @throws ResourceNotFoundException (404) when the pathway has no such process
   */
  static Diagram of(PathwayContent content, String process) {
    String id = process == null || process.isBlank() ? content.key() : process;
    return content
        .diagram(id)
        .orElseThrow(() -> new ResourceNotFoundException("The pathway has no process " + id + "."));
  }
}
