package org.carepathway.form;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Type;

/** Conditions and answers as JSON, for the script of the page (static/js/form.js). */
final class Conditions {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Conditions() {}

  /**
   * @param number whether values are compared as numbers; otherwise as texts, which works for ISO
   *     dates too
   * @param unit code of the unit that the answer must have; null for any
   */
  private record When(
      String question, String operator, boolean number, String answer, String unit) {}

  private record Rule(boolean all, List<When> when) {}

  /** Null when the item is always asked. */
  static String json(Form form, FormItem item, FieldText text) {
    EnableWhen enable = item.enableWhen();
    if (enable == null) {
      return null;
    }
    return write(
        new Rule(
            enable.all(),
            enable.conditions().stream().map(condition -> when(form, condition, text)).toList()));
  }

  static String json(List<String> values) {
    return write(values);
  }

  static String json(Map<String, String> values) {
    return write(values);
  }

  private static When when(Form form, EnableWhen.Condition condition, FieldText text) {
    FormItem question = form.item(condition.question()).orElseThrow();
    Type answer = condition.answer();
    return new When(
        condition.question(),
        condition.operator().toCode(),
        Values.number(answer) != null,
        text.input(answer, question.options()),
        answer instanceof Quantity quantity ? quantity.getCode() : null);
  }

  private static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings and lists can be written as JSON", e);
    }
  }
}
