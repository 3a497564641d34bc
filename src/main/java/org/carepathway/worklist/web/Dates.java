package org.carepathway.worklist.web;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.springframework.stereotype.Component;

/** Dates as people read them, in the site's time zone (that of the service's clock). */
@Component("dates")
class Dates {

  private static final DateTimeFormatter DAY = format("d MMM uuuu");
  private static final DateTimeFormatter MINUTE = format("d MMM uuuu, HH:mm");

  private final Clock clock;

  Dates(Clock clock) {
    this.clock = clock;
  }

  /** The service's time, as {@link #exact}. */
  public String now() {
    return exact(clock.instant());
  }

  /** Such as {@code 22 Nov 2026, 14:05}. */
  public String exact(Instant at) {
    return MINUTE.format(at.atZone(clock.getZone()));
  }

  /** As exact as the FHIR value: {@code 2026}, {@code Nov 2026}, a day or a minute. */
  public String text(BaseDateTimeType value) {
    ZoneId unzoned = value.getTimeZone() == null ? clock.getZone() : value.getTimeZone().toZoneId();
    if (value.getPrecision() == TemporalPrecisionEnum.YEAR) {
      return value.getValueAsString();
    }
    if (value.getPrecision() == TemporalPrecisionEnum.MONTH) {
      return format("MMM uuuu").format(value.getValue().toInstant().atZone(unzoned));
    }
    return value.getPrecision() == TemporalPrecisionEnum.DAY
        ? DAY.format(value.getValue().toInstant().atZone(unzoned))
        : exact(value.getValue().toInstant());
  }

  /** Such as {@code in 2 days} or {@code 3 hours ago}; the largest unit that is still precise. */
  public String relative(Instant at) {
    Duration distance = Duration.between(clock.instant(), at);
    long seconds = distance.abs().toSeconds();
    if (seconds < 60) {
      return "now";
    }
    String length = length(seconds);
    return distance.isNegative() ? length + " ago" : "in " + length;
  }

  /** Whole years from then until today. */
  public int age(LocalDate birth) {
    return Period.between(birth, LocalDate.now(clock)).getYears();
  }

  private static String length(long seconds) {
    long hours = Math.round(seconds / 3600.0);
    long days = Math.round(seconds / 86400.0);
    if (seconds < 3570) {
      return count(Math.round(seconds / 60.0), "minute");
    }
    if (hours < 36) {
      return count(hours, "hour");
    }
    return days < 14 ? count(days, "day") : count(Math.round(days / 7.0), "week");
  }

  private static String count(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }
}
