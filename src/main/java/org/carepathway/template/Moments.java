package org.carepathway.template;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.hl7.fhir.r4.model.BaseDateTimeType;

/**
 * When and on which day of the site something is. What names no hour begins at the site's midnight:
 * HAPI reads it by the zone of the machine, which in a container is UTC whatever the site's is, so
 * that in America each day would be the one before.
 */
public final class Moments {

  private static final String[] REST = {"-01-01", "-01", ""};

  private Moments() {}

  /** When it is or begins; an hour without an offset is the site's. The value must be there. */
  public static Instant begin(BaseDateTimeType value, ZoneId zone) {
    if (value.hasTime()) {
      return hasZone(value)
          ? value.getValue().toInstant()
          : LocalDateTime.parse(value.getValueAsString()).atZone(zone).toInstant();
    }
    return firstDay(value).atStartOfDay(zone).toInstant();
  }

  /** The day at the site; of what names only a month or a year the first. */
  public static LocalDate day(BaseDateTimeType value, ZoneId zone) {
    return hasZone(value)
        ? value.getValue().toInstant().atZone(zone).toLocalDate()
        : firstDay(value);
  }

  private static boolean hasZone(BaseDateTimeType value) {
    return value.hasTime() && value.getTimeZone() != null;
  }

  private static LocalDate firstDay(BaseDateTimeType value) {
    String text = value.getValueAsString();
    String day = text.substring(0, Math.min(text.length(), "2000-01-01".length()));
    return LocalDate.parse(day + REST[day.split("-").length - 1]);
  }
}
