package org.carepathway.book;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Period;
import java.util.Map;
import org.carepathway.calendar.TimeLimit;
import org.carepathway.content.PolicyValue;
import org.carepathway.form.NumberText;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Type;

/** Numbers, times and units as people read them. */
final class Amounts {

  /** UCUM to the message that counts it. */
  private static final Map<String, String> COUNTED =
      Map.of(
          "min", "book.minutes",
          "h", "book.hours",
          "d", "book.days",
          "wk", "book.weeks",
          "mo", "book.months",
          "a", "book.years");

  private final Language language;

  Amounts(Language language) {
    this.language = language;
  }

  /** A policy value as set, with its unit. */
  String of(PolicyValue value) {
    return of(value.value(), value.unit());
  }

  /**
   * @param value as a policy has it; null for none
   * @param unit UCUM; null for none
   */
  String of(Object value, String unit) {
    if (value == null) {
      return "";
    }
    if (value instanceof Boolean) {
      return language.say("value." + value);
    }
    if (value instanceof Number number) {
      return counted(new BigDecimal(number.toString()), unit);
    }
    return value.toString().matches("(P.*\\d|\\d+ working day).*")
        ? time(value.toString())
        : value.toString();
  }

  String number(BigDecimal number) {
    return NumberText.of(number, language.locale());
  }

  /** Such as {@code mmHg}; empty for what only says that something is counted. */
  String unit(Coding unit) {
    return unit.hasDisplay() ? language.of(unit.getDisplay()) : unit(unit.getCode());
  }

  private static String unit(String ucum) {
    return ucum == null || ucum.equals("{score}") || ucum.equals("1")
        ? ""
        : ucum.replaceAll("[{}\\[\\]]", "").replace("Cel", "°C");
  }

  /** A bound or a first answer of a form. */
  String of(Type value) {
    if (value instanceof Quantity quantity) {
      String unit = quantity.hasUnit() ? quantity.getUnit() : unit(quantity.getCode());
      return (number(quantity.getValue()) + ' ' + unit).strip();
    }
    if (value instanceof Coding coding) {
      return coding.hasDisplay() ? language.of(coding.getDisplay()) : coding.getCode();
    }
    String text = value.primitiveValue();
    if (value instanceof BaseDateTimeType) {
      return text;
    }
    if (text.matches("true|false")) {
      return language.say("value." + text);
    }
    return text.matches("-?\\d+(\\.\\d+)?") ? number(new BigDecimal(text)) : language.of(text);
  }

  /** A time limit. */
  String time(String text) {
    TimeLimit limit = TimeLimit.parse(text);
    if (limit instanceof TimeLimit.WorkingDays working) {
      return language.say("book.working-days", working.count());
    }
    if (limit instanceof TimeLimit.WithinBounds) {
      String[] words = text.strip().split(" ");
      return language.say("book.within-bounds", wall(words[0]), wall(words[6]), wall(words[8]));
    }
    return limit instanceof TimeLimit.ToWorkingDay
        ? language.say("book.to-working-day", wall(text.substring(0, text.indexOf(' '))))
        : wall(text);
  }

  private String wall(String iso) {
    if (iso.contains("T")) {
      long minutes = Duration.parse(iso).toMinutes();
      return minutes % 60 == 0
          ? language.say("book.hours", minutes / 60)
          : language.say("book.minutes", minutes);
    }
    Period period = Period.parse(iso);
    return period.toTotalMonths() > 0
        ? language.say("book.months", period.toTotalMonths())
        : language.say("book.days", period.getDays());
  }

  private String counted(BigDecimal number, String unit) {
    boolean whole = number.stripTrailingZeros().scale() <= 0;
    return unit != null && COUNTED.containsKey(unit) && whole
        ? language.say(COUNTED.get(unit), number.longValue())
        : (number(number) + ' ' + unit(unit)).strip();
  }
}
