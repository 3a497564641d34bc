package org.carepathway.engine.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Expression;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.Task;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/**
 * The process variables that the expressions of a model read: conditions, timers, due dates,
 * priorities and the properties of steps.
 */
final class VariableReads {

  private static final Pattern EXPRESSION = Pattern.compile("[$#]\\{([^}]*)}");
  private static final Pattern NO_NAME = Pattern.compile("'[^']*'|\\.\\w+|\\b\\d\\w*");
  private static final Pattern NAME = Pattern.compile("\\b[a-zA-Z_]\\w*");
  private static final Set<String> WORDS =
      Set.of(
          "and", "or", "not", "empty", "null", "true", "false", "eq", "ne", "gt", "ge", "lt", "le");

  private final Map<String, Set<String>> reads = new LinkedHashMap<>();

  private VariableReads() {}

  /** Element id to the names of the variables that it reads. */
  static Map<String, Set<String>> of(BpmnModelInstance model) {
    VariableReads found = new VariableReads();
    model
        .getModelElementsByType(Expression.class)
        .forEach(some -> found.add(owner(some), some.getTextContent()));
    model
        .getModelElementsByType(UserTask.class)
        .forEach(
            task ->
                Stream.of(
                        task.getCamundaDueDate(),
                        task.getCamundaFollowUpDate(),
                        task.getCamundaPriority())
                    .forEach(text -> found.add(task, text)));
    model
        .getModelElementsByType(Task.class)
        .forEach(
            task -> {
              for (CamundaProperty property : StepProperties.of(task)) {
                found.add(task, property.getCamundaValue());
              }
            });
    return found.reads;
  }

  /** The event of a timer, the flow of a condition. */
  private static FlowElement owner(ModelElementInstance part) {
    return part instanceof FlowElement element ? element : owner(part.getParentElement());
  }

  private void add(FlowElement element, String text) {
    if (text != null) {
      EXPRESSION
          .matcher(text)
          .results()
          .map(found -> NO_NAME.matcher(found.group(1)).replaceAll(" "))
          .flatMap(names -> NAME.matcher(names).results())
          .map(MatchResult::group)
          .filter(name -> !WORDS.contains(name))
          .forEach(name -> reads.computeIfAbsent(element.getId(), id -> new TreeSet<>()).add(name));
    }
  }
}
