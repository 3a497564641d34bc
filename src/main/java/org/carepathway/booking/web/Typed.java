package org.carepathway.booking.web;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.function.Function;
import org.carepathway.capacity.Period;

/** Days and times as they are typed; what is none is refused with the field and an example. */
final class Typed {

  private Typed() {}

  static LocalTime time(String field, String text) {
    return read(field, text, LocalTime::parse, "a time of day, such as 08:30");
  }

  static LocalDate day(String field, String text) {
    return read(field, text, LocalDate::parse, "a date, such as 2026-12-01");
  }

  /**
   * @param zone of the site, whose days and times they are
   */
  static Period period(String from, String until, ZoneId zone) {
    LocalDateTime begin = local("From", from);
    LocalDateTime end = local("Until", until);
    if (!end.isAfter(begin)) {
      throw new UnprocessableEntityException(
          "Until: %s is not after %s; it must end after it begins.".formatted(end, begin));
    }
    return new Period(begin.atZone(zone).toInstant(), end.atZone(zone).toInstant());
  }

  private static LocalDateTime local(String field, String text) {
    return read(field, text, LocalDateTime::parse, "a date and time, such as 2026-12-01T08:30");
  }

  private static <T> T read(String field, String text, Function<String, T> parser, String what) {
    try {
      return parser.apply(text == null ? "" : text.strip());
    } catch (DateTimeException wrong) {
      throw new UnprocessableEntityException("%s: '%s' is not %s.".formatted(field, text, what));
    }
  }
}
