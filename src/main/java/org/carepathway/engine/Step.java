package org.carepathway.engine;

import java.util.List;
import java.util.Map;

/**
 * One word of the closed vocabulary that pathways are written in. Content names it as {@code
 * camunda:delegateExpression="${name}"}.
 */
public interface Step {

  /** The word, as content writes it. */
  String name();

  /**
   * The inputs it takes. Content that leaves out one that is needed, names an unknown one, or
   * writes something of another kind there is refused at the start.
   */
  List<StepInput> inputs();

  /**
   * Runs inside the transaction of whatever reached the step.
   *
   * @return the process variables it sets: strings, numbers, booleans and dates only; may be empty
   * @throws RuntimeException a fault: the whole transaction rolls back and the job is retried
   */
  Map<String, Object> execute(StepCall call);
}
