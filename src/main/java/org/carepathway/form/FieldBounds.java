package org.carepathway.form;

import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.Type;

/** First and last day or moment, as attributes of an input. The server checks them again. */
record FieldBounds(String min, String max) {

  private static final FieldBounds NONE = new FieldBounds(null, null);

  /** None for numbers: their inputs take text, so that a decimal comma is not dropped. */
  static FieldBounds of(FormItem item, FieldText text) {
    return switch (item.type()) {
      case DATE, DATETIME ->
          new FieldBounds(
              bound(item, item.limits().min(), text, "T00:00"),
              bound(item, item.limits().max(), text, "T23:59"));
      default -> NONE;
    };
  }

  private static String bound(FormItem item, Type bound, FieldText text, String time) {
    if (bound == null) {
      return null;
    }
    boolean day = item.type() == QuestionnaireItemType.DATETIME && bound instanceof DateType;
    return text.input(bound, item.options()) + (day ? time : "");
  }
}
