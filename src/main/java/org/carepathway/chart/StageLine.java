package org.carepathway.chart;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.carepathway.engine.Visits.Visit;
import org.carepathway.engine.model.Diagram;
import org.carepathway.engine.model.Diagram.Kind;
import org.carepathway.engine.model.Diagram.Node;

/**
 * The stages of a pathway on one line: what the main process calls on its usual way, and what a
 * patient came to besides.
 */
final class StageLine {

  private static final Set<StepState> CAME_TO =
      Set.of(StepState.DONE, StepState.UNDONE, StepState.CURRENT);

  private StageLine() {}

  /**
   * @param at when the patient came to it or, once it is left, when that was; null before
   * @param instead what happened in place of it; null where it was done or is not known
   */
  record Stage(String name, StepState state, Instant at, String instead) {}

  /**
   * In the order in which the main process is written. Calls of one name are one stage, such as
   * bone health with and without a procedure: the one that the patient came to.
   *
   * @param visits of the whole pathway, the oldest first
   * @param undone those without the step having been done, and what happened instead
   */
  static List<Stage> of(Diagram main, List<Visit> visits, Map<Visit, String> undone) {
    Course course = new Course(main, visits, undone);
    Set<String> usual = UsualWay.of(main);
    Map<String, Stage> stages = new LinkedHashMap<>();
    main.nodes().stream()
        .filter(node -> node.kind() == Kind.CALL && !node.aside())
        .filter(node -> usual.contains(node.id()) || CAME_TO.contains(course.state(node)))
        .forEach(
            node ->
                stages.merge(
                    node.name(), stage(node, main, course, visits, undone), StageLine::further));
    return oneNext(List.copyOf(stages.values()));
  }

  /** Several can follow, whatever is decided: the first after where the patient was is next. */
  private static List<Stage> oneNext(List<Stage> stages) {
    int reached = 0;
    for (int i = 0; i < stages.size(); i++) {
      reached = CAME_TO.contains(stages.get(i).state()) ? i : reached;
    }
    Optional<Stage> next =
        Stream.concat(stages.stream().skip(reached), stages.stream())
            .filter(stage -> stage.state() == StepState.NEXT)
            .findFirst();
    return stages.stream()
        .map(
            stage ->
                stage.state() == StepState.NEXT && !next.equals(Optional.of(stage))
                    ? new Stage(stage.name(), StepState.AHEAD, stage.at(), stage.instead())
                    : stage)
        .toList();
  }

  private static Stage stage(
      Node node, Diagram main, Course course, List<Visit> visits, Map<Visit, String> undone) {
    Optional<Visit> last =
        visits.stream()
            .filter(visit -> visit.process().equals(main.processId()))
            .filter(visit -> visit.element().equals(node.id()))
            .max(Comparator.comparing(Visit::reached));
    return new Stage(
        node.name(),
        course.state(node),
        last.map(visit -> Objects.requireNonNullElse(visit.left(), visit.reached())).orElse(null),
        last.map(undone::get).orElse(null));
  }

  private static Stage further(Stage one, Stage other) {
    return one.state().compareTo(other.state()) <= 0 ? one : other;
  }
}
