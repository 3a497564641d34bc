package org.carepathway.form;

import java.math.BigDecimal;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.Type;

/** Bounds as attributes of an input. The server checks them again. */
record FieldBounds(String min, String max, String step) {

  static FieldBounds of(FormItem item, FieldText text) {
    Limits limits = item.limits();
    return new FieldBounds(
        bound(item, limits.min(), text, "T00:00"),
        bound(item, limits.max(), text, "T23:59"),
        step(item));
  }

  private static String bound(FormItem item, Type bound, FieldText text, String time) {
    if (bound == null) {
      return null;
    }
    boolean day = item.type() == QuestionnaireItemType.DATETIME && bound instanceof DateType;
    return text.input(bound, item.options()) + (day ? time : "");
  }

  /** An input counts its steps from min, so a finer min would forbid round values. */
  private static String step(FormItem item) {
    return switch (item.type()) {
      case INTEGER -> "1";
      case DECIMAL, QUANTITY -> {
        Integer places = item.limits().maxDecimalPlaces();
        BigDecimal min = item.limits().min() == null ? null : Values.number(item.limits().min());
        boolean finer = places != null && min != null && min.stripTrailingZeros().scale() > places;
        yield places == null || finer
            ? "any"
            : BigDecimal.ONE.movePointLeft(places).toPlainString();
      }
      default -> null;
    };
  }
}
