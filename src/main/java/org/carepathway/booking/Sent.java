package org.carepathway.booking;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.carepathway.capacity.Period;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.TimeType;

/**
 * Parameters of an operation as they were sent. One that is missing or cannot be read is refused
 * (422) by its name, with what is right.
 */
final class Sent {

  private Sent() {}

  static <T extends PrimitiveType<?>, V> V needed(String name, T sent, Function<T, V> value) {
    if (sent == null || !sent.hasValue()) {
      throw new UnprocessableEntityException("The parameter '%s' is missing.".formatted(name));
    }
    return value.apply(sent);
  }

  static DayOfWeek weekday(String name, CodeType sent) {
    String code = needed(name, sent, CodeType::getValue);
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.name().substring(0, 3).toLowerCase(Locale.ROOT).equals(code)) {
        return day;
      }
    }
    throw wrong(name, code, "mon, tue, wed, thu, fri, sat or sun");
  }

  /** To the minute, since sessions are. */
  static LocalTime time(String name, TimeType sent) {
    String text = needed(name, sent, TimeType::getValue);
    try {
      LocalTime time = LocalTime.parse(text);
      if (time.getSecond() == 0 && time.getNano() == 0) {
        return time;
      }
    } catch (DateTimeParseException none) {
      // Told below.
    }
    throw wrong(name, text, "a time to the minute such as 08:30:00");
  }

  static LocalDate day(String name, BaseDateTimeType sent) {
    String text = needed(name, sent, BaseDateTimeType::getValueAsString);
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException none) {
      throw wrong(name, text, "a day such as 2027-03-01");
    }
  }

  static Period period(String first, BaseDateTimeType start, String second, BaseDateTimeType end) {
    Instant from = instant(first, start);
    Instant to = instant(second, end);
    if (!to.isAfter(from)) {
      throw wrong(second, end.getValueAsString(), "a time after " + start.getValueAsString());
    }
    return new Period(from, to);
  }

  static UUID uuid(String name, IdType sent) {
    String text = needed(name, sent, IdType::getIdPart);
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException none) {
      throw wrong(name, text, "an id that $sessions says");
    }
  }

  private static Instant instant(String name, BaseDateTimeType sent) {
    String text = needed(name, sent, BaseDateTimeType::getValueAsString);
    if (!text.contains("T")) {
      throw wrong(name, text, "a time with its zone such as 2027-03-01T08:00:00+01:00");
    }
    return sent.getValue().toInstant();
  }

  private static UnprocessableEntityException wrong(String name, String sent, String right) {
    return new UnprocessableEntityException(
        "The parameter '%s' is '%s': send %s.".formatted(name, sent, right));
  }
}
