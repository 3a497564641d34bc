package org.carepathway.form;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemAnswerComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/** Looks into the items of a response. */
final class Answers {

  private Answers() {}

  static List<QuestionnaireResponseItemComponent> occurrences(
      List<QuestionnaireResponseItemComponent> items, String linkId) {
    return items.stream().filter(item -> linkId.equals(item.getLinkId())).toList();
  }

  /** The values of one occurrence, without those that say nothing. */
  static List<Type> values(QuestionnaireResponseItemComponent occurrence) {
    List<Type> values = new ArrayList<>();
    for (QuestionnaireResponseItemAnswerComponent answer : occurrence.getAnswer()) {
      if (!isBlank(answer)) {
        values.add(answer.getValue());
      }
    }
    return values;
  }

  /** The values of a question anywhere in these items. */
  static List<Type> valuesWithin(List<QuestionnaireResponseItemComponent> items, String linkId) {
    List<Type> values = new ArrayList<>();
    for (QuestionnaireResponseItemComponent item : items) {
      if (linkId.equals(item.getLinkId())) {
        values.addAll(values(item));
      }
      values.addAll(valuesWithin(item.getItem(), linkId));
    }
    return values;
  }

  /** Adds an item where it stands in its group, in place of one without an answer. */
  static void insert(
      List<QuestionnaireResponseItemComponent> items,
      QuestionnaireResponseItemComponent given,
      List<FormItem> group) {
    items.removeIf(blank -> given.getLinkId().equals(blank.getLinkId()));
    List<String> order = group.stream().map(FormItem::linkId).toList();
    int place = order.indexOf(given.getLinkId());
    int at =
        IntStream.range(0, items.size())
            .filter(i -> order.indexOf(items.get(i).getLinkId()) > place)
            .findFirst()
            .orElse(items.size());
    items.add(at, given);
  }

  /** Whether an answer has no value, or only white space. */
  static boolean isBlank(QuestionnaireResponseItemAnswerComponent answer) {
    if (!answer.hasValue() || answer.getValue().isEmpty()) {
      return true;
    }
    return answer.getValue() instanceof StringType text && text.getValue().isBlank();
  }

  /** Whether anything is answered in it. */
  static boolean isAnswered(QuestionnaireResponseItemComponent occurrence) {
    return !values(occurrence).isEmpty()
        || occurrence.getItem().stream().anyMatch(Answers::isAnswered);
  }
}
