package org.carepathway.chart;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.carepathway.engine.Visits.Visit;
import org.carepathway.engine.model.Diagram;
import org.carepathway.engine.model.Diagram.Kind;
import org.carepathway.engine.model.Diagram.Node;

/**
 * Where a patient stands in one process: what was done, where the patient is, what is due next, and
 * what the way taken has left out.
 */
final class Course {

  private final Diagram diagram;
  private final Map<String, List<Visit>> visits;
  private final Map<Visit, String> undone;
  private final boolean visited;
  private final Set<String> ahead;
  private final Set<String> next;

  /**
   * @param visits of the whole pathway, the oldest first
   * @param undone those without the step having been done, and what happened instead
   */
  Course(Diagram diagram, List<Visit> visits, Map<Visit, String> undone) {
    this.diagram = diagram;
    this.undone = undone;
    this.visits =
        visits.stream()
            .filter(visit -> visit.process().equals(diagram.processId()))
            .collect(Collectors.groupingBy(Visit::element));
    this.visited = !this.visits.isEmpty();
    Set<String> current =
        this.visits.values().stream()
            .flatMap(Collection::stream)
            .filter(Visit::isCurrent)
            .map(Visit::element)
            .collect(Collectors.toSet());
    this.ahead = reached(current, node -> true);
    this.next = reached(current, node -> !stops(node));
  }

  /**
   * The steps for a reader, in the order of the way, with their states: what people and other
   * processes do, and of what the service does by itself only what it has done.
   */
  Map<Node, StepState> steps() {
    Map<Node, StepState> steps = new LinkedHashMap<>();
    diagram.inOrder().stream()
        .filter(node -> node.kind() != Kind.OTHER && !node.name().isEmpty())
        .filter(node -> visits.containsKey(node.id()) || stops(node) && !node.aside())
        .forEach(node -> steps.put(node, state(node)));
    return steps;
  }

  /** All nodes of the drawing, also those without a name. */
  Map<String, String> states() {
    Map<String, String> states = new LinkedHashMap<>();
    diagram.nodes().forEach(node -> states.put(node.id(), state(node).code()));
    return states;
  }

  /** Of the steps that were left undone, what happened instead; where that is known. */
  Map<String, String> instead() {
    Map<String, String> instead = new HashMap<>();
    diagram.nodes().stream()
        .filter(node -> state(node) == StepState.UNDONE)
        .forEach(node -> last(node).map(undone::get).ifPresent(why -> instead.put(node.id(), why)));
    return instead;
  }

  /** The last stay tells: what was done once may have been left undone since. */
  StepState state(Node node) {
    List<Visit> stays = visits.getOrDefault(node.id(), List.of());
    if (stays.stream().anyMatch(Visit::isCurrent)) {
      return StepState.CURRENT;
    }
    Optional<Visit> last = last(node);
    if (last.isPresent()) {
      return last.get().cancelled() || undone.containsKey(last.get())
          ? StepState.UNDONE
          : StepState.DONE;
    }
    if (next.contains(node.id()) && stops(node)) {
      return StepState.NEXT;
    }
    boolean open = ahead.contains(node.id()) || node.aside() || !visited;
    return open ? StepState.AHEAD : StepState.SKIPPED;
  }

  private Optional<Visit> last(Node node) {
    return visits.getOrDefault(node.id(), List.of()).stream().reduce((one, next) -> next);
  }

  /** What a person would call the next thing to happen. */
  private static boolean stops(Node node) {
    return node.kind() == Kind.PERSON || node.kind() == Kind.CALL || node.kind() == Kind.WAIT;
  }

  /** Everything after these nodes; beyond a node only where {@code goesOn}. */
  private Set<String> reached(Set<String> from, Predicate<Node> goesOn) {
    Set<String> reached = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    from.forEach(id -> diagram.node(id).ifPresent(node -> open.addAll(node.next())));
    while (!open.isEmpty()) {
      String id = open.pop();
      if (reached.add(id)) {
        diagram.node(id).filter(goesOn).ifPresent(node -> open.addAll(node.next()));
      }
    }
    return reached;
  }
}
