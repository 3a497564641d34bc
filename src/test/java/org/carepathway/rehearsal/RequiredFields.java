package org.carepathway.rehearsal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;

/**
 * The required fields of a form that was sent.
 *
 * @param asked of those that were answered, how many the form insists on
 * @param empty how many of them were empty when the form was opened
 */
record RequiredFields(int asked, int empty) {

  static RequiredFields of(
      Questionnaire form, QuestionnaireResponse before, QuestionnaireResponse after) {
    Map<String, Integer> known = new HashMap<>();
    count(form.getItem(), before.getItem(), known);
    Map<String, Integer> given = new HashMap<>();
    count(form.getItem(), after.getItem(), given);
    int empty =
        given.entrySet().stream()
            .mapToInt(one -> Math.max(0, one.getValue() - known.getOrDefault(one.getKey(), 0)))
            .sum();
    return new RequiredFields(given.values().stream().mapToInt(Integer::intValue).sum(), empty);
  }

  RequiredFields and(RequiredFields other) {
    return new RequiredFields(asked + other.asked, empty + other.empty);
  }

  private static void count(
      List<QuestionnaireItemComponent> items,
      List<QuestionnaireResponseItemComponent> answers,
      Map<String, Integer> found) {
    for (QuestionnaireResponseItemComponent answer : answers) {
      items.stream()
          .filter(item -> item.getLinkId().equals(answer.getLinkId()))
          .forEach(
              item -> {
                if (item.getRequired() && !item.getReadOnly() && answer.hasAnswer()) {
                  found.merge(item.getLinkId(), 1, Integer::sum);
                }
                count(item.getItem(), answer.getItem(), found);
              });
    }
  }

  @Override
  public String toString() {
    return "(required %d, empty %d)".formatted(asked, empty);
  }
}
