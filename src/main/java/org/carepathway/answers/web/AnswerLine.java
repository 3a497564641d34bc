package org.carepathway.answers.web;

import java.util.ArrayList;
import java.util.List;
import org.carepathway.form.Form;
import org.carepathway.form.FormItem;
import org.carepathway.page.PlainText;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemAnswerComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;

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
        lines.add(new AnswerLine(label, answer(item, text), false));
      }
    }
  }

  private static String answer(QuestionnaireResponseItemComponent item, PlainText text) {
    return text.all(
        item.getAnswer().stream().map(QuestionnaireResponseItemAnswerComponent::getValue).toList());
  }
}
