package org.carepathway.form;

import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Type;

/** By which input of the page a question is answered. */
final class FieldKind {

  private static final int MOST_RADIO_BUTTONS = 5;

  /** Inputs that show nothing when their value is not what they expect. */
  private static final Set<String> NOT_TEXT = Set.of("date", "datetime", "scale");

  private static final int ISO_DAY_LENGTH = "2000-01-01".length();

  private FieldKind() {}

  /**
   * @param values its answers
   * @param locked whether it is only shown
   * @param unreadable whether what was typed is not what the question asks for
   */
  static String of(FormItem item, List<Type> values, boolean locked, boolean unreadable) {
    String kind = item.hidden() ? "hidden" : locked ? "fixed" : asked(item, values);
    return unreadable && NOT_TEXT.contains(kind) ? "text" : kind;
  }

  private static String asked(FormItem item, List<Type> values) {
    return switch (item.type()) {
      case BOOLEAN -> item.shared().isEmpty() ? "radio" : "together";
      case INTEGER -> Scale.isShown(item, values) ? "scale" : "integer";
      case DECIMAL -> "number";
      case QUANTITY -> "quantity";
      // An input for dates cannot hold a month, nor one for times a day: such a prefill is text.
      case DATE -> values.stream().allMatch(FieldKind::isDay) ? "date" : "text";
      case DATETIME -> values.stream().allMatch(FieldKind::isMoment) ? "datetime" : "text";
      case CHOICE, OPENCHOICE -> choice(item);
      case ATTACHMENT -> "attachment";
      case TEXT -> "textarea";
      default -> "text-area".equals(item.asked().control()) ? "textarea" : "text";
    };
  }

  private static boolean isDay(Type value) {
    return value instanceof DateType date && date.getValueAsString().length() == ISO_DAY_LENGTH;
  }

  private static boolean isMoment(Type value) {
    return value instanceof DateTimeType moment && FieldText.hasTime(moment);
  }

  private static String choice(FormItem item) {
    if (item.repeats()) {
      return "checkboxes";
    }
    String control = item.asked().control() == null ? "" : item.asked().control();
    return switch (control) {
      case "radio-button" -> "radio";
      case "drop-down" -> "select";
      default -> item.options().size() <= MOST_RADIO_BUTTONS ? "radio" : "select";
    };
  }
}
