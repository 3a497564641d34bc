package org.carepathway.hl7;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times of a message (HL7 2.7 chapter 2A, DTM). One without an offset has that of MSH-7, else that
 * of the site's zone at that time. In the hour that a clock repeats in autumn it is the first one,
 * and an hour that it leaves out in spring is taken as the next.
 */
final class Times {

  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{4})(?:(\\d{2})(?:(\\d{2})(?:(\\d{2})(?:(\\d{2})(?:(\\d{2})(?:\\.(\\d{1,9}))?)?)?)?)?)?([+-]\\d{4})?");
  private static final int DAY = 8;

  private final ZoneId zone;

  private Times(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * @param site zone of the site
   */
  static Times of(Hl7Message message, ZoneId site) {
    return new Times(
        message
            .header()
            .text(7)
            .map(TIME::matcher)
            .filter(time -> time.matches() && time.group(8) != null)
            .<ZoneId>map(time -> ZoneOffset.of(time.group(8)))
            .orElse(site));
  }

  /** As FHIR writes it, as precise as it was sent. */
  String fhir(Hl7Field field) {
    String text = field.text();
    Matcher time = TIME.matcher(text == null ? "" : text);
    if (!time.matches()) {
      throw refusal(field);
    }
    try {
      return fhir(time);
    } catch (DateTimeException e) {
      throw refusal(field);
    }
  }

  /** The day only. */
  String date(Hl7Field field) {
    String fhir = fhir(field);
    return field.text().length() > DAY ? fhir.substring(0, "yyyy-mm-dd".length()) : fhir;
  }

  /** An instant; a time that is not so precise is its beginning. */
  Optional<OffsetDateTime> instant(Hl7Field field) {
    String text = field.text();
    Matcher time = TIME.matcher(text == null ? "" : text);
    try {
      return time.matches() ? Optional.of(at(time)) : Optional.empty();
    } catch (DateTimeException e) {
      throw refusal(field);
    }
  }

  private String fhir(Matcher time) {
    if (time.group(2) == null) {
      return time.group(1);
    }
    if (time.group(3) == null) {
      return YearMonth.of(number(time, 1), number(time, 2)).toString();
    }
    if (time.group(4) == null) {
      return LocalDate.of(number(time, 1), number(time, 2), number(time, 3)).toString();
    }
    return at(time).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
  }

  private OffsetDateTime at(Matcher time) {
    String fraction = time.group(7) == null ? "0" : time.group(7);
    LocalDateTime local =
        LocalDateTime.of(
            number(time, 1),
            Math.max(1, number(time, 2)),
            Math.max(1, number(time, 3)),
            number(time, 4),
            number(time, 5),
            number(time, 6),
            (int) (Double.parseDouble("0." + fraction) * 1000) * 1_000_000);
    return time.group(8) == null
        ? ZonedDateTime.of(local, zone).toOffsetDateTime()
        : OffsetDateTime.of(local, ZoneOffset.of(time.group(8)));
  }

  private static int number(Matcher time, int group) {
    return time.group(group) == null ? 0 : Integer.parseInt(time.group(group));
  }

  private static Hl7Refusal refusal(Hl7Field field) {
    return field.refusal(
        Hl7Refusal.Fault.TYPE, "This is no time: yyyyMMddHHmmss with an offset such as +0100");
  }
}
