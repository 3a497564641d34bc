package org.carepathway.form;

import java.util.List;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemOperator;
import org.hl7.fhir.r4.model.Type;

/**
 * When an item is asked (R4 Questionnaire.item.enableWhen).
 *
 * @param all whether all conditions must be met, or any
 */
public record EnableWhen(boolean all, List<Condition> conditions) {

  /**
   * @param question linkId of the question that decides
   * @param answer what its answers are compared with; a boolean for {@code exists}
   */
  public record Condition(String question, QuestionnaireItemOperator operator, Type answer) {}
}
