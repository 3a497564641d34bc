package org.carepathway.form;

import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.Type;

/**
 * Bounds as attributes of an input; each null for none. The server checks them again.
 *
 * @param min first day or moment. None for numbers: their inputs take text, so that a decimal comma
 *     is not dropped
 * @param max last day or moment
 * @param files what an attachment may be
 */
public record FieldBounds(String min, String max, Integer maxLength, FileLimits files) {

  static FieldBounds of(FormItem item, FieldText text) {
    boolean time =
        switch (item.type()) {
          case DATE, DATETIME -> true;
          default -> false;
        };
    Limits limits = item.limits();
    return new FieldBounds(
        time ? bound(item, limits.min(), text, "T00:00") : null,
        time ? bound(item, limits.max(), text, "T23:59") : null,
        limits.maxLength(),
        limits.files());
  }

  private static String bound(FormItem item, Type bound, FieldText text, String time) {
    if (bound == null) {
      return null;
    }
    boolean day = item.type() == QuestionnaireItemType.DATETIME && bound instanceof DateType;
    return text.input(bound, item.options()) + (day ? time : "");
  }
}
