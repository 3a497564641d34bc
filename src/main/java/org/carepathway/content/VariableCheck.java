package org.carepathway.content;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.content.Vocabulary.Given;
import org.carepathway.engine.StepInput.Kind;
import org.carepathway.engine.model.DecisionModel;
import org.carepathway.engine.model.ProcessModel;
import org.carepathway.engine.model.ProcessModel.CallModel;
import org.carepathway.engine.model.ProcessModel.StepModel;

/**
 * Whatever reads a process variable finds one: a step of its own process sets it, a called process
 * gives it back, or the caller passes it in by name.
 */
final class VariableCheck {

  /** What every pathway starts with. */
  private static final Set<String> AT_THE_START = Set.of("priority");

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");

  private final PathwayContent content;
  private final List<ProcessModel> processes;
  private final Map<String, DecisionModel> decisions;
  private final Vocabulary vocabulary;
  private final List<ContentProblem> problems = new ArrayList<>();

  VariableCheck(
      PathwayContent content,
      List<ProcessModel> processes,
      List<DecisionModel> decisions,
      Vocabulary vocabulary) {
    this.content = content;
    this.vocabulary = vocabulary;
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
                    .filter(name -> !known.contains(name))
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
        .flatMap(setter -> setBy(process, setter))
        .forEach(known::add);
    process.calls().stream()
        .filter(call -> step.before().contains(call.id()))
        .forEach(call -> known.addAll(call.out().values()));
    vocabulary
        .given(step, Kind.DECISION)
        .flatMap(this::evaluated)
        .forEach(
            decision -> {
              decision.inputs().stream()
                  .filter(input -> !known.contains(input))
                  .forEach(
                      input ->
                          add(process, step.id(), "decision '" + decision.id() + "' reads", input));
              known.addAll(decision.outputs());
            });
  }

  private Set<String> known(ProcessModel process) {
    Set<String> known = passedIn(process);
    process.steps().stream().flatMap(step -> setBy(process, step)).forEach(known::add);
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

  private Stream<String> setBy(ProcessModel process, StepModel step) {
    return vocabulary.given(step).stream()
        .filter(given -> given.input() != null)
        .flatMap(
            given ->
                switch (given.input().kind()) {
                  case FACT -> Stream.of(given.name());
                  case DECISION ->
                      evaluated(given).flatMap(decision -> decision.outputs().stream());
                  case DATE_NAMES -> names(process, given).map(name -> name + "At");
                  default -> Stream.empty();
                });
  }

  private Stream<DecisionModel> evaluated(Given given) {
    return given.values().stream().filter(decisions::containsKey).map(decisions::get);
  }

  /** The names themselves, or those that a decision of the process may put out. */
  private Stream<String> names(ProcessModel process, Given given) {
    Matcher variable = VARIABLE.matcher(given.value());
    return variable.matches()
        ? process.steps().stream()
            .flatMap(step -> vocabulary.given(step, Kind.DECISION))
            .flatMap(this::evaluated)
            .flatMap(decision -> decision.literals(variable.group(1)).stream())
        : given.values().stream();
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
