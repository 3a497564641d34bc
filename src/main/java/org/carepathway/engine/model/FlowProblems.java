package org.carepathway.engine.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.InclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.ScriptTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaExecutionListener;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaTaskListener;

/** Faults in the flow of a model: what could lose a patient, and what no pathway may contain. */
final class FlowProblems {

  private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";

  private final BpmnModelInstance model;
  private final Map<String, String> problems = new LinkedHashMap<>();

  FlowProblems(BpmnModelInstance model) {
    this.model = model;
  }

  /** Element id to problem. */
  Map<String, String> find() {
    model.getModelElementsByType(Gateway.class).forEach(this::gateway);
    model.getModelElementsByType(SequenceFlow.class).forEach(this::condition);
    model.getModelElementsByType(FlowNode.class).forEach(this::code);
    model.getModelElementsByType(UserTask.class).forEach(this::skip);
    model
        .getModelElementsByType(ScriptTask.class)
        .forEach(task -> problems.put(task.getId(), "is a script task"));
    if (!model.getModelElementsByType(CamundaExecutionListener.class).isEmpty()
        || !model.getModelElementsByType(CamundaTaskListener.class).isEmpty()) {
      problems.put("(listeners)", "calls code from a listener");
    }
    Set<FlowNode> reached = reached();
    model.getModelElementsByType(FlowNode.class).stream()
        .filter(node -> !reached.contains(node))
        .forEach(node -> problems.put(node.getId(), "cannot be reached from a start event"));
    return problems;
  }

  private void gateway(Gateway gateway) {
    boolean decides = gateway instanceof ExclusiveGateway || gateway instanceof InclusiveGateway;
    if (decides && gateway.getOutgoing().size() > 1 && defaultFlow(gateway) == null) {
      problems.put(gateway.getId(), "has no default flow");
    }
  }

  private void condition(SequenceFlow flow) {
    boolean decided =
        (flow.getSource() instanceof ExclusiveGateway
                || flow.getSource() instanceof InclusiveGateway)
            && flow.getSource().getOutgoing().size() > 1;
    if (decided
        && flow.getConditionExpression() == null
        && !flow.equals(defaultFlow((Gateway) flow.getSource()))) {
      problems.put(flow.getId(), "has no condition and is not the default");
    }
  }

  private void skip(UserTask task) {
    StepProperties.skipTo(task)
        .filter(next -> !(model.getModelElementById(next) instanceof FlowNode))
        .ifPresent(next -> problems.put(task.getId(), "skips to '" + next + "', which is no step"));
  }

  private void code(FlowNode node) {
    for (String attribute : List.of("class", "expression")) {
      if (node.getAttributeValueNs(CAMUNDA, attribute) != null) {
        problems.put(node.getId(), "calls code by camunda:" + attribute);
      }
    }
  }

  private Set<FlowNode> reached() {
    Deque<FlowNode> open = new ArrayDeque<>(model.getModelElementsByType(StartEvent.class));
    Set<FlowNode> reached = new HashSet<>();
    while (!open.isEmpty()) {
      FlowNode node = open.pop();
      if (reached.add(node)) {
        node.getOutgoing().forEach(flow -> open.push(flow.getTarget()));
        if (node instanceof Activity) {
          model.getModelElementsByType(BoundaryEvent.class).stream()
              .filter(event -> node.equals(event.getAttachedTo()))
              .forEach(open::push);
        }
      }
    }
    model.getModelElementsByType(SubProcess.class).stream()
        .filter(SubProcess::triggeredByEvent)
        .forEach(reached::add);
    return reached;
  }

  private static SequenceFlow defaultFlow(Gateway gateway) {
    return gateway instanceof ExclusiveGateway exclusive
        ? exclusive.getDefault()
        : ((InclusiveGateway) gateway).getDefault();
  }
}
