package org.carepathway.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.carepathway.engine.model.ProcessModel;
import org.carepathway.engine.model.ProcessModel.UserTaskModel;
import org.carepathway.engine.model.StepProperties;

/** Tasks that are one visit of the patient are at least two, and are told by a property that is. */
final class VisitCheck {

  private final List<ProcessModel> processes;
  private final List<ContentProblem> problems = new ArrayList<>();

  VisitCheck(List<ProcessModel> processes) {
    this.processes = processes;
  }

  List<ContentProblem> problems() {
    Map<String, Long> sizes =
        processes.stream()
            .flatMap(process -> process.tasks().stream())
            .flatMap(task -> task.visit().stream())
            .collect(Collectors.groupingBy(visit -> visit, Collectors.counting()));
    processes.forEach(process -> process.tasks().forEach(task -> task(process, task, sizes)));
    return problems;
  }

  private void task(ProcessModel process, UserTaskModel task, Map<String, Long> sizes) {
    Set<String> unknown = new TreeSet<>(task.properties().keySet());
    unknown.removeAll(StepProperties.OF_TASKS);
    if (!unknown.isEmpty()) {
      add(
          process,
          task,
          "has properties that no task has: " + unknown + ".",
          "There are " + new TreeSet<>(StepProperties.OF_TASKS) + ".");
    }
    task.visit()
        .filter(visit -> sizes.get(visit) < 2)
        .ifPresent(
            visit ->
                add(
                    process,
                    task,
                    "is the only task of the visit '" + visit + "'.",
                    "Write the same visit at the others that are done at it, or at none."));
  }

  private void add(ProcessModel process, UserTaskModel task, String problem, String remedy) {
    problems.add(new ContentProblem(process.file(), task.id(), problem, remedy));
  }
}
