package org.carepathway.fact;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Element strings of GS1 (GS1 General Specifications, 3): application identifiers in parentheses,
 * or plain with a group separator after what has no fixed length.
 */
final class Gs1 {

  private static final String ISSUER = "http://hl7.org/fhir/NamingSystem/gs1-di";
  private static final String GTIN = "01";
  private static final String LOT = "10";
  private static final String SERIAL = "21";
  private static final String EXPIRY = "17";

  private static final String PLAIN_TEXT = "[!-'*-z]{1,20}";
  private static final Pattern SYMBOLOGY = Pattern.compile("^\\][A-Za-z]\\d");
  private static final Pattern IN_PARENTHESES = Pattern.compile("\\((\\d{2,4})\\)\\s*([^(]*)");

  /** Production, best before and sell-by dates (11, 13, 15, 16) are passed over. */
  private static final Pattern ELEMENT =
      Pattern.compile("(01)(\\d{14})|(1[135-7])(\\d{6})|(10|21)(" + PLAIN_TEXT + ")(?:\u001d|$)");

  private static final int CENTURY = 100;

  private Gs1() {}

  static Optional<Udi> read(String text) {
    Map<String, String> elements =
        text.startsWith("(")
            ? parenthesised(text)
            : plain(SYMBOLOGY.matcher(text).replaceFirst(""));
    String gtin = elements.get(GTIN);
    if (gtin == null || !isGtin(gtin)) {
      return Optional.empty();
    }
    try {
      LocalDate expiry = elements.containsKey(EXPIRY) ? day(elements.get(EXPIRY)) : null;
      return Optional.of(new Udi(ISSUER, gtin, elements.get(LOT), elements.get(SERIAL), expiry));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  /** The elements by identifier; none when any of the text is no element. */
  private static Map<String, String> parenthesised(String text) {
    Map<String, String> elements = new HashMap<>();
    Matcher element = IN_PARENTHESES.matcher(text);
    int end = 0;
    while (element.find() && element.start() == end) {
      elements.put(element.group(1), element.group(2).strip());
      end = element.end();
    }
    boolean dated = elements.getOrDefault(EXPIRY, "000000").matches("\\d{6}");
    boolean named =
        elements.getOrDefault(LOT, "x").matches(PLAIN_TEXT)
            && elements.getOrDefault(SERIAL, "x").matches(PLAIN_TEXT);
    return end == text.length() && dated && named ? elements : Map.of();
  }

  private static Map<String, String> plain(String text) {
    Map<String, String> elements = new HashMap<>();
    Matcher element = ELEMENT.matcher(text);
    int end = text.startsWith("\u001d") ? 1 : 0;
    while (element.find(end) && element.start() == end) {
      for (int group = 1; group < element.groupCount(); group += 2) {
        if (element.group(group) != null) {
          elements.put(element.group(group), element.group(group + 1));
        }
      }
      end = element.end();
    }
    return end == text.length() ? elements : Map.of();
  }

  /** Fourteen digits, the last of which makes the weighted sum a multiple of ten. */
  private static boolean isGtin(String text) {
    if (!text.matches("\\d{14}")) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < text.length(); i++) {
      sum += (text.charAt(i) - '0') * (i % 2 == 0 ? 3 : 1);
    }
    return sum % 10 == 0;
  }

  /** YYMMDD of this century; day 00 is the last of the month. */
  private static LocalDate day(String text) {
    int year = 20 * CENTURY + Integer.parseInt(text.substring(0, 2));
    YearMonth month = YearMonth.of(year, Integer.parseInt(text.substring(2, 4)));
    int day = Integer.parseInt(text.substring(4));
    return day == 0 ? month.atEndOfMonth() : month.atDay(day);
  }
}
