package org.carepathway.form;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.Type;

/** Reads the posted texts of one field. */
final class FieldReader {

  private final TypedText texts;

  FieldReader(ZoneId zone, Locale language) {
    this.texts = new TypedText(zone, language);
  }

  /**
   * A text and what it means.
   *
   * @param value null when the text cannot be read
   * @param problem key of what goes on after the name of the field; null when it can be read
   */
  record Reading(String text, Type value, String problem) {

    static Reading of(String text, Type value) {
      return new Reading(text, value, null);
    }

    static Reading unreadable(String text, String problem) {
      return new Reading(text, null, problem);
    }

    boolean isReadable() {
      return problem == null;
    }
  }

  /** What was typed, without empty inputs. */
  List<Reading> read(FormItem item, String name, Map<String, List<String>> parameters) {
    List<Reading> readings = new ArrayList<>();
    for (String text : typed(parameters, name)) {
      readings.add(reading(item, text, name, parameters));
    }
    if (item.type() == QuestionnaireItemType.OPENCHOICE) {
      typed(parameters, name + Names.OTHER).forEach(text -> readings.add(texts.text(text)));
    }
    return readings;
  }

  private static List<String> typed(Map<String, List<String>> parameters, String name) {
    List<String> all = parameters.get(name);
    return all == null
        ? List.of()
        : all.stream().filter(Objects::nonNull).filter(text -> !text.isBlank()).toList();
  }

  private Reading reading(
      FormItem item, String text, String name, Map<String, List<String>> parameters) {
    return switch (item.type()) {
      case BOOLEAN -> texts.truth(text);
      case INTEGER -> texts.integer(text);
      case DECIMAL -> texts.decimal(text);
      case DATE -> texts.date(text);
      case DATETIME -> texts.moment(text);
      case CHOICE, OPENCHOICE -> option(item, text);
      case ATTACHMENT -> file(text);
      case QUANTITY -> quantity(item, text, typed(parameters, name + Names.UNIT));
      default -> texts.text(text);
    };
  }

  private static Reading option(FormItem item, String text) {
    return OptionValues.find(item.options(), text)
        .map(option -> Reading.of(text, option.copy()))
        .orElseGet(() -> Reading.unreadable(text, "form.issue.no-option"));
  }

  private static Reading file(String text) {
    Attachment file = FileText.read(text);
    return file == null ? Reading.unreadable(text, "form.issue.no-file") : Reading.of(text, file);
  }

  private Reading quantity(FormItem item, String text, List<String> unitTexts) {
    Reading number = texts.decimal(text);
    if (!number.isReadable()) {
      return number;
    }
    Quantity quantity = new Quantity().setValue(Values.number(number.value()));
    if (item.units().isEmpty()) {
      return Reading.of(text, quantity);
    }
    String unitText =
        unitTexts.isEmpty()
            ? OptionValues.of(item.units(), item.units().get(0))
            : unitTexts.get(unitTexts.size() - 1);
    Coding unit = OptionValues.find(item.units(), unitText).orElse(null);
    if (unit == null) {
      return Reading.unreadable(text, "form.issue.no-unit");
    }
    quantity.setUnit(OptionValues.shown(unit)).setSystem(unit.getSystem()).setCode(unit.getCode());
    return Reading.of(text, quantity);
  }
}
