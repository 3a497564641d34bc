package org.carepathway.engine;

import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.el.Expression;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.carepathway.engine.model.StepProperties;

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
    StepProperties.of(execution.getBpmnModelElementInstance())
        .forEach(
            property ->
                inputs.put(
                    property.getCamundaName(), resolve(property.getCamundaValue(), execution)));
    return inputs;
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
