package org.carepathway.template;

import java.util.Set;

/**
 * Something that an expression asks of the record by name, so that the content check can say
 * whether it is there.
 */
public sealed interface Asked {

  /**
   * An answer.
   *
   * @param form id of the form; null where the expression does not say
   * @param question linkId; null where it asks for the answers as a whole
   * @param codes what the answer is compared with
   */
  record Answer(String form, String question, Set<String> codes) implements Asked {}

  /**
   * A fact or a result of a decision.
   *
   * @param decision its id
   * @param kind {@code input} or {@code output}; null where it asks for the evidence as a whole
   * @param name label of the input or name of the output; null with the kind
   */
  record Evidence(String decision, String kind, String name) implements Asked {}

  /**
   * Appointments.
   *
   * @param service code of their service type
   */
  record Appointments(String service) implements Asked {}
}
