package org.carepathway.scenario;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import org.carepathway.form.FormItem;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/**
 * From the short way scenarios write answers to FHIR values. Dates may be a {@link RelativeTime}.
 */
final class AnswerValues {

  private final Clock clock;
  private final BiFunction<FormItem, String, Coding> codings;

  /**
   * @param codings finds the coding of a question that has a code
   */
  AnswerValues(Clock clock, BiFunction<FormItem, String, Coding> codings) {
    this.clock = clock;
    this.codings = codings;
  }

  Type of(FormItem item, Object written) {
    String text = String.valueOf(written);
    return switch (item.type()) {
      case BOOLEAN -> new BooleanType(text);
      case INTEGER -> new IntegerType(text);
      case DECIMAL -> new DecimalType(text);
      case DATE -> new DateType(moment(text).toLocalDate().toString());
      case DATETIME ->
          new DateTimeType(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment(text)));
      case QUANTITY -> quantity(item, text);
      case CHOICE, OPENCHOICE -> codings.apply(item, text);
      default -> new StringType(text);
    };
  }

  /** {@code 2 mg}: the number, and the code of one of the units that are offered. */
  private static Quantity quantity(FormItem item, String text) {
    String[] parts = text.split(" ", 2);
    Quantity quantity = new Quantity().setValue(new BigDecimal(parts[0]));
    item.units().stream()
        .filter(unit -> parts.length == 2 && unit.getCode().equals(parts[1]))
        .forEach(
            unit ->
                quantity
                    .setSystem(unit.getSystem())
                    .setCode(unit.getCode())
                    .setUnit(unit.getDisplay()));
    return quantity;
  }

  private ZonedDateTime moment(String text) {
    Matcher relative = RelativeTime.WRITTEN.matcher(text);
    if (!relative.matches()) {
      return text.contains("T")
          ? ZonedDateTime.parse(text)
          : LocalDate.parse(text).atStartOfDay(clock.getZone());
    }
    return RelativeTime.at(relative, clock);
  }
}
