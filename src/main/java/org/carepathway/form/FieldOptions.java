package org.carepathway.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.carepathway.form.FieldView.Option;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.Type;

/** What of one question can be chosen, and what is: its answers and its units. */
final class FieldOptions {

  private final FormItem item;
  private final String name;
  private final List<Type> values;
  private final Locale language;

  /**
   * @param name of the field
   * @param values its answers
   */
  FieldOptions(FormItem item, String name, List<Type> values, Locale language) {
    this.item = item;
    this.name = name;
    this.values = values;
    this.language = language;
  }

  List<Option> choices(String kind) {
    List<Option> options = new ArrayList<>();
    if (item.type() == QuestionnaireItemType.BOOLEAN) {
      options.add(truth("true"));
      options.add(truth("false"));
    }
    for (Coding option : item.options()) {
      boolean selected = values.stream().anyMatch(value -> Values.same(option, value));
      String value = OptionValues.of(item.options(), option);
      options.add(option(value, option, OptionValues.shown(option), selected));
    }
    if (kind.equals("scale")) {
      Scale.of(item).forEach(step -> options.add(step(step)));
    }
    boolean buttons = kind.equals("radio") || kind.equals("scale");
    boolean empty = kind.equals("select") || buttons && !item.required();
    if (empty) {
      String label = said(kind.equals("select") ? "form.option.choose" : "form.option.none");
      options.add(0, new Option(id("none"), "", null, null, label, values.isEmpty()));
    }
    return options;
  }

  private Option truth(String value) {
    String label = said("form.option." + value);
    boolean selected =
        values.stream().anyMatch(v -> v instanceof BooleanType && value.equals(v.primitiveValue()));
    return new Option(id(value), value, null, null, label, selected);
  }

  private Option step(String value) {
    boolean selected = values.stream().anyMatch(given -> value.equals(given.primitiveValue()));
    return new Option(id(value), value, null, null, value, selected);
  }

  private String said(String key) {
    return Phrase.of(key).in(language);
  }

  private Option option(String value, Coding coding, String label, boolean selected) {
    return new Option(id(value), value, coding.getCode(), coding.getSystem(), label, selected);
  }

  private String id(String value) {
    return FieldView.idOf(name + "-" + value);
  }

  List<Option> units() {
    if (item.type() != QuestionnaireItemType.QUANTITY) {
      return List.of();
    }
    return item.units().stream()
        .map(
            unit ->
                option(
                    OptionValues.of(item.units(), unit),
                    unit,
                    OptionValues.unit(unit),
                    hasUnit(unit)))
        .toList();
  }

  private boolean hasUnit(Coding unit) {
    return values.stream()
        .anyMatch(value -> value instanceof Quantity quantity && ValueCheck.isUnit(quantity, unit));
  }
}
