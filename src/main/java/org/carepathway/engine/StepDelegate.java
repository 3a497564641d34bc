package org.carepathway.engine;

import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.el.Expression;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;

/** Calls a step of the vocabulary for the engine. */
final class StepDelegate implements JavaDelegate {

  private final Step step;
  private final JobTrigger trigger;

  StepDelegate(Step step, JobTrigger trigger) {
    this.step = step;
    this.trigger = trigger;
  }

  @Override
  public void execute(DelegateExecution execution) {
    trigger.name();
    Map<String, Object> results =
        step.execute(
            new StepCall(
                UUID.fromString(execution.getProcessBusinessKey()),
                ((ExecutionEntity) execution).getProcessDefinition().getDeploymentId(),
                execution.getCurrentActivityId(),
                execution.getCurrentActivityName(),
                inputs(execution),
                execution.getVariables()));
    execution.setVariables(results);
  }

  private static Map<String, String> inputs(DelegateExecution execution) {
    Map<String, String> inputs = new LinkedHashMap<>();
    properties(execution.getBpmnModelElementInstance())
        .forEach(
            property ->
                inputs.put(
                    property.getCamundaName(), resolve(property.getCamundaValue(), execution)));
    return inputs;
  }

  static Collection<CamundaProperty> properties(BaseElement element) {
    if (element.getExtensionElements() == null) {
      return java.util.List.of();
    }
    return element
        .getExtensionElements()
        .getElementsQuery()
        .filterByType(CamundaProperties.class)
        .list()
        .stream()
        .flatMap(properties -> properties.getCamundaProperties().stream())
        .toList();
  }

  /** FHIRPath writes {@code %name}, never <code>${...}</code>: only variables are resolved here. */
  private static String resolve(String value, DelegateExecution execution) {
    if (!value.contains("${")) {
      return value;
    }
    Expression expression =
        Context.getProcessEngineConfiguration().getExpressionManager().createExpression(value);
    Object result = expression.getValue(execution);
    if (result instanceof Date date) {
      return date.toInstant().toString();
    }
    return result == null ? null : result.toString();
  }
}
