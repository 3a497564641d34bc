package org.carepathway.content;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.carepathway.engine.model.DecisionModel;
import org.carepathway.engine.model.ProcessModel;
import org.carepathway.engine.model.ProcessModel.CallModel;
import org.carepathway.engine.model.ProcessModel.UserTaskModel;
import org.hl7.fhir.r4.model.PlanDefinition.PlanDefinitionActionComponent;

/** Processes, their tasks and the PlanDefinition agree. */
final class ProcessCheck {

  static final Set<String> ROLES =
      Set.of("coordinator", "ir-physician", "ir-nurse", "fls", "scheduler", "referrer", "admin");

  private final PathwayContent content;
  private final List<ProcessModel> processes;
  private final List<DecisionModel> decisions;
  private final List<ContentProblem> problems = new ArrayList<>();

  ProcessCheck(
      PathwayContent content, List<ProcessModel> processes, List<DecisionModel> decisions) {
    this.content = content;
    this.processes = processes;
    this.decisions = decisions;
  }

  List<ContentProblem> problems() {
    Set<String> ids = processes.stream().map(ProcessModel::id).collect(Collectors.toSet());
    if (!ids.contains(content.key())) {
      add(
          "bpmn/" + content.key(),
          "",
          "has no process with the id " + content.key() + ".",
          "Name the main process like its folder.");
    }
    processes.forEach(process -> process(process, ids));
    decisions.forEach(this::decision);
    plan();
    events();
    return problems;
  }

  private void process(ProcessModel process, Set<String> ids) {
    if (!content.versions().contains(process.versionTag())) {
      add(
          process.file(),
          process.id(),
          "has the version tag " + process.versionTag() + ".",
          "Give it the PlanDefinition's version, " + content.version() + ".");
    }
    if (!process.keepsHistory() || !process.executable()) {
      add(
          process.file(),
          process.id(),
          "is not executable or says not how long its history is kept.",
          "Set isExecutable and camunda:historyTimeToLive.");
    }
    process
        .problems()
        .forEach((element, fault) -> add(process.file(), element, fault + ".", "Redraw it."));
    process.calls().forEach(call -> call(process, call, ids));
    process.tasks().forEach(task -> task(process, task));
  }

  private void call(ProcessModel process, CallModel call, Set<String> ids) {
    if (!ids.contains(call.process()) || !"deployment".equals(call.binding())) {
      add(
          process.file(),
          call.process(),
          "is called but is missing, or not bound to the deployment.",
          "Set calledElementBinding=\"deployment\" and add the process.");
    }
    if (call.all()) {
      add(
          process.file(),
          call.id(),
          "passes all variables.",
          "Pass those that the called process reads, and take back what is read later, by name.");
    }
  }

  private void task(ProcessModel process, UserTaskModel task) {
    if (task.name() == null || task.name().isBlank()) {
      add(process.file(), task.id(), "has no name.", "Say what the person has to do.");
    }
    if (task.form() == null || !content.forms().containsKey(task.form())) {
      add(
          process.file(),
          task.id(),
          "has the form key " + task.form() + ", which is no form of the pathway.",
          "Use <Questionnaire id>|<version>; there are " + content.forms().keySet() + ".");
    }
    if (task.roles() == null || !ROLES.contains(task.roles())) {
      add(
          process.file(),
          task.id(),
          "is for '" + task.roles() + "', which is no role.",
          "Set camunda:candidateGroups to one of " + ROLES + ".");
    }
    if (task.dueDate() == null) {
      add(process.file(), task.id(), "has no due date.", "Set camunda:dueDate.");
    }
  }

  private void decision(DecisionModel decision) {
    if (!content.versions().contains(decision.versionTag()) || !decision.keepsHistory()) {
      add(
          decision.file(),
          decision.id(),
          "has not the pathway's version tag or no history time to live.",
          "Set camunda:versionTag=\"" + content.version() + "\" and historyTimeToLive.");
    }
    Set<String> unknown = new HashSet<>(decision.policy());
    unknown.removeAll(content.policy().feel().keySet());
    if (!unknown.isEmpty()) {
      add(
          decision.file(),
          decision.id(),
          "names policy values that do not exist: " + unknown + ".",
          "Add them to policy.yaml.");
    }
    decision
        .problems()
        .forEach((element, fault) -> add(decision.file(), element, fault + ".", "Mend the table."));
  }

  private void plan() {
    String file = "fhir-profiles/%s/PlanDefinition".formatted(content.key());
    Map<String, UserTaskModel> tasks =
        processes.stream()
            .flatMap(process -> process.tasks().stream())
            .collect(Collectors.toMap(UserTaskModel::id, Function.identity(), (a, b) -> a));
    Map<String, PlanDefinitionActionComponent> actions =
        content.activities().stream()
            .collect(
                Collectors.toMap(
                    PlanDefinitionActionComponent::getId, Function.identity(), (a, b) -> a));
    actions.forEach(
        (id, action) -> {
          UserTaskModel task = tasks.get(id);
          if (task == null
              || !Objects.equals(canonical(task), action.getDefinitionCanonicalType().getValue())) {
            add(file, id, "is no task of the processes with this form.", "Make them agree.");
          }
        });
    tasks.keySet().stream()
        .filter(id -> !actions.containsKey(id))
        .forEach(id -> add(file, id, "is a task but no action.", "Add an action with this id."));
  }

  private void events() {
    String file = "fhir-profiles/%s/PlanDefinition".formatted(content.key());
    Set<String> awaited =
        processes.stream()
            .flatMap(process -> process.messages().stream())
            .collect(Collectors.toSet());
    processes.stream()
        .filter(process -> process.id().equals(content.key()))
        .filter(process -> !process.messages().contains(PathwayEvent.REVOKED))
        .forEach(
            process ->
                add(
                    process.file(),
                    process.id(),
                    "does not wait for " + PathwayEvent.REVOKED + ": nobody could cancel it.",
                    "Draw an event sub-process with this message."));
    content.addedSteps().stream()
        .filter(step -> !awaited.contains(step.message()))
        .forEach(
            step ->
                add(
                    file,
                    step.element(),
                    "is added by a message nobody awaits.",
                    "Draw its event."));
    for (PathwayEvent event : content.events()) {
      if (!awaited.contains(event.message())) {
        add(file, event.message(), "is a message that no process waits for.", "Draw its event.");
      }
      boolean toldByData =
          event.form() == null && event.roles().isEmpty() && !event.changes().isEmpty();
      if (!toldByData
          && (!content.forms().containsKey(event.form()) || !ROLES.containsAll(event.roles()))) {
        add(file, event.message(), "has no form or an unknown role.", "Name both in the action.");
      }
    }
  }

  private String canonical(UserTaskModel task) {
    return content.forms().containsKey(task.form())
        ? Reading.canonical(content.questionnaire(task.form()))
        : null;
  }

  private void add(String file, String element, String problem, String remedy) {
    problems.add(new ContentProblem(file, element, problem, remedy));
  }
}
