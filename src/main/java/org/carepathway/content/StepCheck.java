package org.carepathway.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.carepathway.content.Vocabulary.Given;
import org.carepathway.engine.StepInput;
import org.carepathway.engine.model.DecisionModel;
import org.carepathway.engine.model.ProcessModel;
import org.carepathway.engine.model.ProcessModel.StepModel;
import org.carepathway.template.FhirPaths;

/** Every step is a word of the vocabulary, with what it needs and nothing of another kind. */
final class StepCheck {

  private static final String RESOLVED_LATER = "${";

  /** What it must be is known when the step runs; VariableCheck looks at the names of dates. */
  private static final Rule ANYTHING = new Rule(name -> true, "", "");

  private final PathwayContent content;
  private final List<ProcessModel> processes;
  private final Set<String> decisions;
  private final Set<String> messages;
  private final Set<String> texts;
  private final Vocabulary vocabulary;
  private final FhirPaths paths;
  private final List<ContentProblem> problems = new ArrayList<>();

  StepCheck(
      PathwayContent content,
      List<ProcessModel> processes,
      List<DecisionModel> decisions,
      Vocabulary vocabulary,
      FhirPaths paths) {
    this.content = content;
    this.processes = processes;
    this.decisions = decisions.stream().map(DecisionModel::id).collect(Collectors.toSet());
    this.messages =
        processes.stream()
            .flatMap(process -> process.messages().stream())
            .collect(Collectors.toSet());
    this.texts =
        content.texts().keySet().stream()
            .map(text -> text.replaceFirst("\\..*", ""))
            .collect(Collectors.toSet());
    this.vocabulary = vocabulary;
    this.paths = paths;
  }

  List<ContentProblem> problems() {
    for (ProcessModel process : processes) {
      process.steps().forEach(step -> step(process, step));
      process.undone().forEach((end, path) -> expression(process, end, path));
    }
    return problems;
  }

  private void step(ProcessModel process, StepModel step) {
    if (!vocabulary.knows(step)) {
      add(
          process,
          step,
          "is no step of the vocabulary.",
          "Set camunda:delegateExpression to one of " + vocabulary.words() + ".");
      return;
    }
    Set<String> missing = vocabulary.missing(step);
    if (!missing.isEmpty()) {
      add(process, step, "lacks " + missing + ".", "Add these camunda:property.");
      return;
    }
    vocabulary.given(step).forEach(given -> given(process, step, given));
  }

  private void given(ProcessModel process, StepModel step, Given given) {
    if (given.input() == null) {
      add(
          process,
          step,
          "has the property '" + given.name() + "', which " + step.word() + " does not know.",
          "Remove or rename it.");
      return;
    }
    switch (given.input().kind()) {
      case FACT, PATH -> expression(process, step.id(), given.value());
      default -> {
        Rule rule = rule(given.input());
        given.values().stream()
            .filter(name -> !name.startsWith(RESOLVED_LATER) && !rule.exists().test(name))
            .forEach(name -> add(process, step, rule.problem().formatted(name), rule.remedy()));
      }
    }
  }

  /** What must be there for a name in an input. */
  private record Rule(Predicate<String> exists, String problem, String remedy) {}

  private Rule rule(StepInput input) {
    return switch (input.kind()) {
      case TEMPLATE ->
          new Rule(
              name -> input.type().isInstance(content.templates().get(name)),
              "names the template '%s', which is missing or of the wrong type.",
              "Add template/<name>.json; %s.".formatted(wanted(input)));
      case TEXT ->
          new Rule(
              texts::contains, "names the text '%s', which is missing.", "Add text/<name>.en.md.");
      case DECISION ->
          new Rule(
              decisions::contains, "evaluates '%s', which is no decision.", "Add it or rename it.");
      case MESSAGE ->
          new Rule(messages::contains, "raises '%s', which nothing awaits.", "Draw its event.");
      case RECIPIENT ->
          new Rule(
              name -> name.equals("patient") || ProcessCheck.ROLES.contains(name),
              "writes to '%s', which is nobody.",
              "Write to patient, referrer or another role.");
      case FACT, PATH, DATE_NAMES, VALUE -> ANYTHING;
    };
  }

  private static String wanted(StepInput input) {
    return input.type() == Object.class
        ? "any resource"
        : "it must be a " + input.type().getSimpleName();
  }

  private void expression(ProcessModel process, String element, String path) {
    try {
      paths.parse(path);
    } catch (IllegalArgumentException e) {
      problems.add(
          new ContentProblem(process.file(), element, e.getMessage(), "Mend the FHIRPath."));
    }
  }

  private void add(ProcessModel process, StepModel step, String problem, String remedy) {
    problems.add(new ContentProblem(process.file(), step.id(), problem, remedy));
  }
}
