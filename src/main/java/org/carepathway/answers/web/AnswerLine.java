package org.carepathway.answers.web;

import java.util.ArrayList;
import java.util.List;
import org.carepathway.form.Form;
import org.carepathway.form.FormItem;
import org.carepathway.page.PlainText;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemAnswerComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/**
 * A question and its answer, to read.
 *
 * @param heading whether it is the title of a group, which has no answer
 */
public record AnswerLine(String question, String answer, boolean heading) {

  /**
   * What was answered, in the order of the form and in its language; what is hidden on the form
   * stays hidden.
   */
  public static List<AnswerLine> of(QuestionnaireResponse answers, Form form, PlainText text) {
    List<AnswerLine> lines = new ArrayList<>();
    add(lines, answers.getItem(), form, text);
    return lines;
  }

  private static void add(
      List<AnswerLine> lines,
      List<QuestionnaireResponseItemComponent> items,
      Form form,
      PlainText text) {
    for (QuestionnaireResponseItemComponent item : items) {
      FormItem asked = form.item(item.getLinkId()).orElse(null);
      if (asked == null || asked.hidden()) {
        continue;
      }
      String label = asked.label() == null ? item.getLinkId() : asked.label();
      if (item.hasItem()) {
        lines.add(new AnswerLine(label, "", true));
        add(lines, item.getItem(), form, text);
      } else if (item.hasAnswer()) {
        lines.add(new AnswerLine(label, answer(item, asked, text), false));
      }
    }
  }

  /** A number with the unit of its question; a rule by its words. */
  private static String answer(
      QuestionnaireResponseItemComponent item, FormItem asked, PlainText text) {
    List<Type> values =
        item.getAnswer().stream().map(QuestionnaireResponseItemAnswerComponent::getValue).toList();
    if (values.size() == 1 && values.get(0) instanceof StringType said) {
      return text.texts().shown(said.getValue());
    }
    boolean number = values.stream().allMatch(AnswerLine::isNumber);
    return number && !asked.units().isEmpty()
        ? text.all(values) + text.unit(asked.units().get(0).getDisplay())
        : text.all(values);
  }

  private static boolean isNumber(Type value) {
    return value instanceof DecimalType || value instanceof IntegerType;
  }
}
