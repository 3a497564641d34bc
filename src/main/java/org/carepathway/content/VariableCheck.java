package org.carepathway.content;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.carepathway.engine.DecisionModel;
import org.carepathway.engine.ProcessModel;
import org.carepathway.engine.ProcessModel.CallModel;
import org.carepathway.engine.ProcessModel.StepModel;

/**
 * Whatever reads a process variable finds one: a step of its own process sets it, a called process
 * gives it back, or the caller passes it in by name.
 */
final class VariableCheck {

  /** What every pathway starts with. */
  private static final Set<String> AT_THE_START = Set.of("priority");

  private final PathwayContent content;
  private final List<ProcessModel> processes;
  private final Map<String, DecisionModel> decisions;
  private final List<ContentProblem> problems = new ArrayList<>();

  VariableCheck(
      PathwayContent content, List<ProcessModel> processes, List<DecisionModel> decisions) {
    this.content = content;
    this.processes = processes;
    this.decisions =
        decisions.stream().collect(Collectors.toMap(DecisionModel::id, Function.identity()));
  }

  List<ContentProblem> problems() {
    processes.forEach(this::process);
    return problems;
  }

  private void process(ProcessModel process) {
    Set<String> known = known(process);
    process
        .reads()
        .forEach(
            (element, names) ->
                names.stream()
                    .filter(name -> !known.contains(name) && !isScheduled(process, name))
                    .forEach(name -> add(process, element, "reads", name)));
    process.calls().forEach(call -> call(process, call, known));
    process.steps().forEach(step -> decisions(process, step));
  }

  private void call(ProcessModel process, CallModel call, Set<String> known) {
    call.in().keySet().stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> add(process, call.id(), "passes", name));
    Set<String> given =
        processes.stream()
            .filter(called -> called.id().equals(call.process()))
            .flatMap(called -> known(called).stream())
            .collect(Collectors.toSet());
    call.out().keySet().stream()
        .filter(name -> !given.contains(name))
        .forEach(name -> add(process, call.id(), "takes back", name));
  }

  private void decisions(ProcessModel process, StepModel step) {
    Set<String> known = passedIn(process);
    process.steps().stream()
        .filter(setter -> step.before().contains(setter.id()))
        .forEach(setter -> known.addAll(setBy(setter)));
    process.calls().stream()
        .filter(call -> step.before().contains(call.id()))
        .forEach(call -> known.addAll(call.out().values()));
    for (DecisionModel decision : evaluated(step)) {
      decision.inputs().stream()
          .filter(input -> !known.contains(input))
          .forEach(
              input -> add(process, step.id(), "decision '" + decision.id() + "' reads", input));
      known.addAll(decision.outputs());
    }
  }

  private Set<String> known(ProcessModel process) {
    Set<String> known = passedIn(process);
    process.steps().forEach(step -> known.addAll(setBy(step)));
    process.calls().forEach(call -> known.addAll(call.out().values()));
    return known;
  }

  private Set<String> passedIn(ProcessModel process) {
    Set<String> passed = new HashSet<>();
    if (process.id().equals(content.key())) {
      passed.addAll(AT_THE_START);
    }
    processes.stream()
        .flatMap(caller -> caller.calls().stream())
        .filter(call -> call.process().equals(process.id()))
        .forEach(call -> passed.addAll(call.in().values()));
    return passed;
  }

  private Collection<String> setBy(StepModel step) {
    return "fetch".equals(step.word())
        ? step.inputs().keySet()
        : evaluated(step).stream()
            .flatMap(decision -> decision.outputs().stream())
            .collect(Collectors.toSet());
  }

  private List<DecisionModel> evaluated(StepModel step) {
    return "decide".equals(step.word())
        ? Arrays.stream(step.inputs().getOrDefault("decisions", "").split("\\s+"))
            .filter(decisions::containsKey)
            .map(decisions::get)
            .toList()
        : List.of();
  }

  /** The names of contacts are the result of a decision, and known only when it is made. */
  private static boolean isScheduled(ProcessModel process, String name) {
    return name.endsWith("At")
        && process.steps().stream().anyMatch(step -> "schedule".equals(step.word()));
  }

  private void add(ProcessModel process, String element, String reads, String name) {
    problems.add(
        new ContentProblem(
            process.file(),
            element,
            "%s '%s', which nothing sets before.".formatted(reads, name),
            "Fetch it first, or pass it in where the process is called."));
  }
}
