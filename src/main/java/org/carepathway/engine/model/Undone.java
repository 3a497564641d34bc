package org.carepathway.engine.model;

import java.util.Optional;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;

/**
 * An end of a process at which its step may not have been done: the property says, as FHIRPath, why
 * it was not; where that finds nothing, it was.
 */
final class Undone {

  private static final String PROPERTY = "undone";

  private Undone() {}

  static Optional<String> of(FlowNode node) {
    return node instanceof EndEvent end
        ? StepProperties.of(end).stream()
            .filter(property -> PROPERTY.equals(property.getCamundaName()))
            .map(CamundaProperty::getCamundaValue)
            .findFirst()
        : Optional.empty();
  }
}
