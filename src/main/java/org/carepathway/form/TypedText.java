package org.carepathway.form;

import ca.uhn.fhir.parser.DataFormatException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.carepathway.form.FieldReader.Reading;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.StringType;

/**
 * Reads what a person typed, strictly: a value that is guessed is worse than one asked for again.
 */
final class TypedText {

  private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,10}");
  private static final Pattern DATE = Pattern.compile("\\d{4}(-\\d{2}(-\\d{2})?)?");

  /** What FHIR strings must not have (R4 2.24.0.1), and halves of characters. */
  private static final Pattern UNSTORABLE =
      Pattern.compile("[\\p{Cntrl}&&[^\\t\\n\\r]]|[\\uD800-\\uDFFF]");

  private static final int LONGEST_TEXT = 100_000;

  private final ZoneId zone;
  private final Locale language;

  TypedText(ZoneId zone, Locale language) {
    this.zone = zone;
    this.language = language;
  }

  Reading truth(String text) {
    boolean known = text.equals("true") || text.equals("false");
    return known
        ? Reading.of(text, new BooleanType(text))
        : Reading.unreadable(text, "form.issue.yes-or-no");
  }

  Reading integer(String text) {
    String problem = "form.issue.whole-number";
    if (!INTEGER.matcher(text.strip()).matches()) {
      return Reading.unreadable(text, problem);
    }
    long number = Long.parseLong(text.strip());
    return number == (int) number
        ? Reading.of(text, new IntegerType((int) number))
        : Reading.unreadable(text, problem);
  }

  Reading decimal(String text) {
    if (!NumberText.isNumber(text.strip())) {
      return Reading.unreadable(text, "form.issue.number");
    }
    return NumberText.isDoubtful(text.strip(), language)
        ? Reading.unreadable(text, "form.issue.thousands")
        : Reading.of(text, new DecimalType(NumberText.read(text.strip())));
  }

  /** A whole date, or as much of it as is known. */
  Reading date(String text) {
    try {
      if (DATE.matcher(text.strip()).matches()) {
        return Reading.of(text, new DateType(text.strip()));
      }
    } catch (DataFormatException | IllegalArgumentException noDate) {
      return Reading.unreadable(text, "form.issue.no-date");
    }
    return Reading.unreadable(text, "form.issue.date");
  }

  /** A local date and time, or one with an offset. */
  Reading moment(String text) {
    String problem = "form.issue.moment";
    try {
      OffsetDateTime moment = parse(text.strip());
      return moment.getYear() < 1 || moment.getYear() > 9999
          ? Reading.unreadable(text, problem)
          : Reading.of(
              text,
              new DateTimeType(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment.withNano(0))));
    } catch (DateTimeException | DataFormatException | IllegalArgumentException noMoment) {
      return Reading.unreadable(text, problem);
    }
  }

  private OffsetDateTime parse(String text) {
    boolean offset = text.matches(".*(Z|[+-]\\d{2}:\\d{2})$") && text.contains("T");
    return offset
        ? OffsetDateTime.parse(text)
        : LocalDateTime.parse(text).atZone(zone).toOffsetDateTime();
  }

  Reading text(String text) {
    String plain = text.replace("\r\n", "\n").strip();
    if (plain.length() > LONGEST_TEXT) {
      return Reading.unreadable("", "form.issue.too-long");
    }
    return UNSTORABLE.matcher(plain).find()
        ? Reading.unreadable(UNSTORABLE.matcher(plain).replaceAll(""), "form.issue.characters")
        : Reading.of(text, new StringType(plain));
  }
}
