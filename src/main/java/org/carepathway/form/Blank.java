package org.carepathway.form;

import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;

/** An occurrence as it is when a person adds it: only fixed first answers (SDC 4.0, initial). */
final class Blank {

  private Blank() {}

  static QuestionnaireResponseItemComponent occurrence(FormItem item) {
    QuestionnaireResponseItemComponent blank = new QuestionnaireResponseItemComponent();
    blank.setLinkId(item.linkId());
    item.prefill().initial().forEach(value -> blank.addAnswer().setValue(value.copy()));
    for (FormItem inner : item.items()) {
      QuestionnaireResponseItemComponent part = occurrence(inner);
      if (!inner.repeats() && Answers.isAnswered(part)) {
        blank.addItem(part);
      }
    }
    return blank;
  }
}
