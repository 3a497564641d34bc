package org.carepathway.engine;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One call of a step.
 *
 * @param pathwayId the pathway, the engine's business key
 * @param deploymentId the deployment the running version came with
 * @param element BPMN element id
 * @param name BPMN element name
 * @param inputs the element's {@code camunda:property} values, expressions resolved, in order
 * @param variables the process variables
 */
public record StepCall(
    UUID pathwayId,
    String deploymentId,
    String element,
    String name,
    Map<String, String> inputs,
    Map<String, Object> variables) {

  /**
   * An input that the step cannot do without.
   *
   * @throws IllegalArgumentException when the element lacks it
   */
  public String input(String name) {
    return optionalInput(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "element %s needs the property '%s'".formatted(element, name)));
  }

  /** An input that may be left out. */
  public Optional<String> optionalInput(String name) {
    return Optional.ofNullable(inputs.get(name)).filter(value -> !value.isBlank());
  }
}
