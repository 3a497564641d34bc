package org.carepathway.form;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Type;

/** Answers as text: for inputs, for the script, and for reading. */
final class FieldText {

  private static final DateTimeFormatter INPUT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm");
  private static final String MINUTE = "d MMM uuuu, HH:mm";
  private static final String DAY = "d MMM uuuu";

  private final ZoneId zone;
  private final Form form;

  FieldText(ZoneId zone, Form form) {
    this.zone = zone;
    this.form = form;
  }

  /** As a person finds it in an input: as {@link #input}, but numbers as they are written here. */
  String typed(Type value, List<Coding> options) {
    BigDecimal number = Values.number(value);
    return number == null ? input(value, options) : NumberText.of(number, form.language());
  }

  /** As the script compares it, and as inputs hold dates and choices. */
  String input(Type value, List<Coding> options) {
    if (value instanceof Coding coding) {
      return OptionValues.of(options, coding);
    }
    if (value instanceof Attachment file) {
      return FileText.of(file);
    }
    if (value instanceof DateTimeType moment && hasTime(moment)) {
      return INPUT.format(moment.getValue().toInstant().atZone(zone));
    }
    BigDecimal number = Values.number(value);
    return number == null ? value.primitiveValue() : number.toPlainString();
  }

  /** Whether a datetime-local input can hold it. */
  static boolean hasTime(DateTimeType moment) {
    return moment.getPrecision().ordinal() > TemporalPrecisionEnum.DAY.ordinal();
  }

  String reading(List<Type> values, FormItem item) {
    return values.stream().map(value -> reading(value, item)).collect(Collectors.joining(", "));
  }

  private String reading(Type value, FormItem item) {
    if (value instanceof BooleanType truth) {
      return Phrase.of("form.option." + truth.booleanValue()).in(form.language());
    }
    if (value instanceof Attachment file) {
      return file.getTitle();
    }
    if (value instanceof Coding coding) {
      return OptionValues.shown(
          OptionValues.find(item.options(), OptionValues.of(item.options(), coding))
              .orElse(coding));
    }
    if (value instanceof DateTimeType moment && hasTime(moment)) {
      return DateTimeFormatter.ofPattern(MINUTE, form.language())
          .format(moment.getValue().toInstant().atZone(zone));
    }
    if (value instanceof DateType date && date.getPrecision() == TemporalPrecisionEnum.DAY) {
      return DateTimeFormatter.ofPattern(DAY, form.language())
          .format(LocalDate.parse(date.getValueAsString()));
    }
    String text =
        item.isLocked() ? form.word(typed(value, item.options())) : typed(value, item.options());
    String unit = unit(value, item);
    String behind = UnitName.behind(unit);
    return text == null || behind.isEmpty() ? text : text + ' ' + form.word(behind.strip());
  }

  private static String unit(Type value, FormItem item) {
    if (value instanceof Quantity quantity) {
      return quantity.hasUnit() ? quantity.getUnit() : quantity.getCode();
    }
    boolean number = Values.number(value) != null;
    return number && !item.units().isEmpty() ? OptionValues.unit(item.units().get(0)) : null;
  }
}
