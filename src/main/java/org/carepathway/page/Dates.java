package org.carepathway.page;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.carepathway.template.Moments;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/**
 * Dates as people read them, in the language of the page and the site's time zone (that of the
 * service's clock).
 */
@Component("dates")
public class Dates {

  private static final Pattern WRITTEN =
      Pattern.compile(
          "\\b(?:\\d{4}-\\d{2}-\\d{2}|\\d{1,2} (?:January|February|March|April|May|June|July|August"
              + "|September|October|November|December) \\d{4})\\b");
  private static final DateTimeFormatter LONG =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
  private static final String DAY = "d MMM uuuu";
  private static final String MINUTE = "d MMM uuuu, HH:mm";

  private final Clock clock;
  private final MessageSource messages;

  Dates(Clock clock, MessageSource messages) {
    this.clock = clock;
    this.messages = messages;
  }

  /** The service's time. */
  public Instant instant() {
    return clock.instant();
  }

  /** The service's time, as {@link #exact}. */
  public String now() {
    return exact(clock.instant());
  }

  /** Such as {@code 22 Nov 2026, 14:05}. */
  public String exact(Instant at) {
    return format(MINUTE).format(at.atZone(clock.getZone()));
  }

  /** Such as {@code 22 Nov 2026}. */
  public String day(LocalDate day) {
    return format(DAY).format(day);
  }

  /** The day at the site on which something is, as {@link #day(LocalDate)}. */
  public String day(Instant at) {
    return day(LocalDate.ofInstant(at, clock.getZone()));
  }

  /** As exact as the FHIR value: {@code 2026}, {@code Nov 2026}, a day or a minute. */
  public String text(BaseDateTimeType value) {
    if (value.getPrecision() == TemporalPrecisionEnum.YEAR) {
      return value.getValueAsString();
    }
    if (value.getPrecision() == TemporalPrecisionEnum.MONTH) {
      return format("MMM uuuu").format(Moments.day(value, clock.getZone()));
    }
    return value.getPrecision() == TemporalPrecisionEnum.DAY
        ? format(DAY).format(Moments.day(value, clock.getZone()))
        : exact(Moments.begin(value, clock.getZone()));
  }

  /** A text in which days are written as machines or letters write them, as people read it. */
  public String in(String text) {
    return WRITTEN.matcher(text).replaceAll(found -> Matcher.quoteReplacement(read(found.group())));
  }

  private String read(String day) {
    try {
      return day(day.contains(" ") ? LocalDate.parse(day, LONG) : LocalDate.parse(day));
    } catch (DateTimeException e) {
      return day;
    }
  }

  /** Such as {@code in 2 days} or {@code 3 hours ago}; the largest unit that is still precise. */
  public String relative(Instant at) {
    Duration distance = Duration.between(clock.instant(), at);
    long seconds = distance.abs().toSeconds();
    if (seconds < 60) {
      return message("time.now");
    }
    return message(distance.isNegative() ? "time.ago" : "time.in", length(seconds));
  }

  /** Such as {@code 3 hours}; at least a minute. */
  public String length(Duration length) {
    return length(length.toSeconds());
  }

  /** The day at the site. */
  public LocalDate today() {
    return LocalDate.now(clock);
  }

  /** The next morning at the site, as inputs hold it. */
  public String tomorrow() {
    return LocalDate.now(clock).plusDays(1).atTime(8, 0).toString();
  }

  /** Whole years from then until today. */
  public int age(LocalDate birth) {
    return Period.between(birth, LocalDate.now(clock)).getYears();
  }

  private String length(long seconds) {
    long hours = Math.round(seconds / 3600.0);
    long days = Math.round(seconds / 86400.0);
    if (seconds < 3570) {
      return message("time.minutes", Math.round(seconds / 60.0));
    }
    if (hours < 36) {
      return message("time.hours", hours);
    }
    return days < 14 ? message("time.days", days) : message("time.weeks", Math.round(days / 7.0));
  }

  private String message(String key, Object... arguments) {
    return messages.getMessage(key, arguments, LocaleContextHolder.getLocale());
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, LocaleContextHolder.getLocale());
  }
}
