package org.carepathway.engine;

import java.util.Map;
import java.util.Set;

/**
 * One word of the closed vocabulary that pathways are written in. Content names it as {@code
 * camunda:delegateExpression="${name}"}.
 */
public interface Step {

  /** The word, as content writes it. */
  String name();

  /** The inputs that every call of it needs; content without them is refused at the start. */
  Set<String> inputs();

  /**
   * Runs inside the transaction of whatever reached the step.
   *
   * @return the process variables it sets: strings, numbers, booleans and dates only; may be empty
   * @throws RuntimeException a fault: the whole transaction rolls back and the job is retried
   */
  Map<String, Object> execute(StepCall call);
}
