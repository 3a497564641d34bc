package org.carepathway.chart;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.carepathway.engine.Visits.Visit;
import org.carepathway.engine.model.Diagram;
import org.carepathway.engine.model.Diagram.Kind;
import org.carepathway.engine.model.Diagram.Node;

/** The stages of a pathway on one line: what the main process calls on its usual way. */
final class StageLine {

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
    Map<String, Stage> stages = new LinkedHashMap<>();
    main.nodes().stream()
        .filter(node -> node.kind() == Kind.CALL && !node.aside())
        .forEach(
            node ->
                stages.merge(
                    node.name(), stage(node, main, course, visits, undone), StageLine::further));
    return oneNext(List.copyOf(stages.values()));
  }

  /** Several can follow, whatever is decided: the one of the usual way is what comes next. */
  private static List<Stage> oneNext(List<Stage> stages) {
    Optional<Stage> next =
        stages.stream().filter(stage -> stage.state() == StepState.NEXT).findFirst();
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
