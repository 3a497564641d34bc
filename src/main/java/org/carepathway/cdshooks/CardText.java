package org.carepathway.cdshooks;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.carepathway.content.Translations;
import org.carepathway.template.Moments;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;

/** Fills the texts of cards, in the language of who reads them. */
final class CardText {

  private static final Pattern BLANK = Pattern.compile("\\{(\\d)}");

  /** CDS Hooks 2.0: less than 140 characters. */
  private static final int LONGEST = 139;

  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

  private final Translations translations;
  private final Locale language;
  private final ZoneId zone;

  /**
   * @param zone of the site, by which times are written
   */
  CardText(Translations translations, Locale language, ZoneId zone) {
    this.translations = translations;
    this.language = language;
    this.zone = zone;
  }

  String plain(String text) {
    return translations.of(text, language);
  }

  String summary(String text, List<String> blanks) {
    String filled = filled(text, blanks);
    return filled.length() <= LONGEST ? filled : filled.substring(0, LONGEST - 1) + '…';
  }

  /** Markdown, in which what stands in a blank is text and nothing else. */
  String detail(String text, List<String> blanks) {
    return filled(
        text,
        blanks.stream().map(one -> one.replaceAll("([\\\\`*_\\[\\]<>|#])", "\\\\$1")).toList());
  }

  private String filled(String text, List<String> blanks) {
    return BLANK
        .matcher(plain(text))
        .replaceAll(
            blank -> Matcher.quoteReplacement(blanks.get(Integer.parseInt(blank.group(1)))));
  }

  /** What an expression gave, as people read it; empty for nothing. */
  String value(List<Base> values) {
    if (values.isEmpty()) {
      return "?";
    }
    Base value = values.get(0);
    if (value instanceof BaseDateTimeType date) {
      return date.hasTime()
          ? MINUTE.format(Moments.begin(date, zone).atZone(zone))
          : date.getValueAsString();
    }
    String text = value.primitiveValue();
    return text == null ? "?" : plain(text);
  }
}
