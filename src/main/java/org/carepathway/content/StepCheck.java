package org.carepathway.content;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.carepathway.engine.DecisionModel;
import org.carepathway.engine.ProcessModel;
import org.carepathway.engine.ProcessModel.StepModel;
import org.carepathway.engine.Step;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.CommunicationRequest;
import org.hl7.fhir.r4.model.ServiceRequest;

/** Every step is a word of the vocabulary, with what it needs. */
final class StepCheck {

  private final PathwayContent content;
  private final List<ProcessModel> processes;
  private final Set<String> decisions;
  private final Map<String, Step> vocabulary;
  private final FhirPaths paths;
  private final List<ContentProblem> problems = new ArrayList<>();

  StepCheck(
      PathwayContent content,
      List<ProcessModel> processes,
      List<DecisionModel> decisions,
      List<Step> vocabulary,
      FhirPaths paths) {
    this.content = content;
    this.processes = processes;
    this.decisions = decisions.stream().map(DecisionModel::id).collect(Collectors.toSet());
    this.vocabulary =
        vocabulary.stream().collect(Collectors.toMap(Step::name, Function.identity()));
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
    if (step.word() == null || !vocabulary.containsKey(step.word())) {
      add(
          process,
          step,
          "is no step of the vocabulary.",
          "Set camunda:delegateExpression to one of " + vocabulary.keySet() + ".");
      return;
    }
    Set<String> missing = new HashSet<>(vocabulary.get(step.word()).inputs());
    missing.removeAll(step.inputs().keySet());
    if (!missing.isEmpty()) {
      add(process, step, "lacks " + missing + ".", "Add these camunda:property.");
      return;
    }
    switch (step.word()) {
      case "fetch" -> step.inputs().values().forEach(path -> expression(process, step.id(), path));
      case "mark" -> expression(process, step.id(), step.inputs().get("resources"));
      case "raise" -> awaited(process, step);
      case "decide" -> words(step, "decisions").forEach(id -> decision(process, step, id));
      case "record", "notify", "refer" -> {
        words(step, "template").forEach(t -> template(process, step, t));
        words(step, "sheet").forEach(t -> template(process, step, t));
      }
      default -> {
        // schedule and close have no inputs that name other content
      }
    }
  }

  private void expression(ProcessModel process, String element, String path) {
    try {
      paths.parse(path);
    } catch (IllegalArgumentException e) {
      problems.add(
          new ContentProblem(process.file(), element, e.getMessage(), "Mend the FHIRPath."));
    }
  }

  private void awaited(ProcessModel process, StepModel step) {
    String message = step.inputs().get("message");
    if (processes.stream().noneMatch(other -> other.messages().contains(message))) {
      add(process, step, "raises '" + message + "', which nothing awaits.", "Draw its event.");
    }
  }

  private void decision(ProcessModel process, StepModel step, String id) {
    if (!decisions.contains(id)) {
      add(process, step, "evaluates '" + id + "', which is no decision.", "Add it or rename it.");
    }
  }

  private void template(ProcessModel process, StepModel step, String name) {
    boolean known = content.templates().containsKey(name);
    boolean fits =
        known
            && switch (step.word()) {
              case "notify" -> content.template(name) instanceof CommunicationRequest;
              case "refer" -> content.template(name) instanceof ServiceRequest;
              default -> true;
            };
    if (!known || !fits) {
      add(
          process,
          step,
          "names the template '" + name + "', which is missing or of the wrong type.",
          "Add template/"
              + name
              + ".json; notify needs a CommunicationRequest, refer a ServiceRequest.");
    }
  }

  private static List<String> words(StepModel step, String input) {
    return Arrays.stream(step.inputs().getOrDefault(input, "").split("\\s+"))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private void add(ProcessModel process, StepModel step, String problem, String remedy) {
    problems.add(new ContentProblem(process.file(), step.id(), problem, remedy));
  }
}
