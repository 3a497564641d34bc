package org.carepathway.chart;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.carepathway.caseload.Case.Pause;
import org.carepathway.engine.model.Diagram;
import org.carepathway.engine.model.Diagram.Kind;
import org.carepathway.engine.model.Diagram.Node;
import org.carepathway.pathway.OpenPathway;

/**
 * What comes up by itself when a time is over.
 *
 * @param element BPMN id
 * @param title as the content names it
 * @param from when
 */
record Ahead(String element, String title, Instant from) {

  /** Empty where nothing that people know by a name follows. */
  static Optional<Ahead> of(OpenPathway open, Pause pause) {
    return open.content()
        .diagram(pause.process())
        .flatMap(diagram -> first(diagram, pause.element()))
        .map(node -> new Ahead(node.id(), node.name(), pause.until()));
  }

  /** The nearest task or stage after a node. */
  private static Optional<Node> first(Diagram diagram, String element) {
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    diagram.node(element).ifPresent(node -> open.addAll(node.next()));
    while (!open.isEmpty()) {
      String id = open.poll();
      Optional<Node> node = seen.add(id) ? diagram.node(id) : Optional.empty();
      if (node.filter(Ahead::isNamed).isPresent()) {
        return node;
      }
      node.ifPresent(one -> open.addAll(one.next()));
    }
    return Optional.empty();
  }

  private static boolean isNamed(Node node) {
    return (node.kind() == Kind.PERSON || node.kind() == Kind.CALL) && !node.name().isEmpty();
  }
}
