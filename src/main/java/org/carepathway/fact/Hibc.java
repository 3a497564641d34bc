package org.carepathway.fact;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Barcodes of HIBCC (ANSI/HIBC 2, Supplier Labeling Standard): labeller, product and unit of
 * measure, then after a slash lot or serial number and expiry, then a check character.
 */
final class Hibc {

  private static final String ISSUER = "http://hl7.org/fhir/NamingSystem/hibcc-dI";
  private static final String CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%";

  private static final Pattern PRIMARY =
      Pattern.compile("\\+([A-Z][A-Z0-9]{3}[A-Z0-9]{1,18}\\d)((?:/[^/]+)*)");

  /** A dollar for a lot, with a plus for a serial number; a second one: quantity and date first. */
  private static final Pattern SECONDARY = Pattern.compile("/\\$(\\$?)(\\+?)([A-Z0-9.-]*)(?=/|$)");

  private static final Pattern JULIAN = Pattern.compile("/(\\d{5})([A-Z0-9]{0,13})(?=/|$)");
  private static final Pattern SERIAL = Pattern.compile("/S([A-Z0-9.-]{1,18})(?=/|$)");
  private static final Pattern EXPIRY = Pattern.compile("/14D(\\d{8})(?=/|$)");
  private static final Pattern DAY = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})");
  private static final String CENTURY = "20";

  private Hibc() {}

  static Optional<Udi> read(String text) {
    String code = text.substring(0, text.length() - 1);
    Matcher primary = PRIMARY.matcher(code);
    if (!isChecked(code, text.charAt(text.length() - 1)) || !primary.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(primary.group(1), primary.group(2)));
    } catch (DateTimeException | IndexOutOfBoundsException noSuchDay) {
      return Optional.empty();
    }
  }

  /** The last character stands for the sum of all others, modulo 43. */
  private static boolean isChecked(String code, char check) {
    boolean known = code.chars().allMatch(c -> CHARACTERS.indexOf(c) >= 0);
    int sum = code.chars().map(CHARACTERS::indexOf).sum();
    return known && CHARACTERS.charAt(sum % CHARACTERS.length()) == check;
  }

  private static Udi read(String identifier, String rest) {
    Dated dated = dated(rest);
    Matcher serial = SERIAL.matcher(rest);
    Matcher expiry = EXPIRY.matcher(rest);
    return new Udi(
        ISSUER,
        identifier,
        dated.isSerial() ? null : dated.number(),
        serial.find() ? serial.group(1) : dated.isSerial() ? dated.number() : null,
        expiry.find() ? isoDay(expiry.group(1)) : dated.expiry());
  }

  /**
   * @param number lot or serial number; null for none
   */
  private record Dated(LocalDate expiry, String number, boolean isSerial) {

    static Dated of(LocalDate expiry, String number, boolean serial) {
      return new Dated(expiry, number.isEmpty() ? null : number, serial);
    }
  }

  private static Dated dated(String rest) {
    Matcher julian = JULIAN.matcher(rest);
    if (julian.lookingAt()) {
      return Dated.of(julian(julian.group(1)), julian.group(2), false);
    }
    Matcher secondary = SECONDARY.matcher(rest);
    if (!secondary.lookingAt()) {
      return Dated.of(null, "", false);
    }
    boolean serial = !secondary.group(2).isEmpty();
    String data = secondary.group(3);
    return secondary.group(1).isEmpty()
        ? Dated.of(null, data, serial)
        : afterFormat(withoutQuantity(data), serial);
  }

  /** 8 is followed by a quantity of two digits, 9 by one of five. */
  private static String withoutQuantity(String data) {
    return switch (data.charAt(0)) {
      case '8' -> data.substring(3);
      case '9' -> data.substring(6);
      default -> data;
    };
  }

  private static Dated afterFormat(String data, boolean serial) {
    if (data.isEmpty()) {
      return Dated.of(null, "", serial);
    }
    return switch (data.charAt(0)) {
      case '0', '1' -> Dated.of(month(data.substring(0, 4)), data.substring(4), serial);
      case '2' -> {
        String day = CENTURY + data.substring(5, 7) + data.substring(1, 5);
        yield Dated.of(isoDay(day), data.substring(7), serial);
      }
      case '3' -> Dated.of(isoDay(CENTURY + data.substring(1, 7)), data.substring(7), serial);
      case '4' -> Dated.of(isoDay(CENTURY + data.substring(1, 7)), data.substring(9), serial);
      case '5' -> Dated.of(julian(data.substring(1, 6)), data.substring(6), serial);
      case '6' -> Dated.of(julian(data.substring(1, 6)), data.substring(8), serial);
      case '7' -> Dated.of(null, data.substring(1), serial);
      default -> throw new DateTimeException("no format of a date: " + data.charAt(0));
    };
  }

  /** MMYY: the last day of the month. */
  private static LocalDate month(String text) {
    return YearMonth.of(number(CENTURY + text.substring(2)), number(text.substring(0, 2)))
        .atEndOfMonth();
  }

  /** YYJJJ: the day of the year. */
  private static LocalDate julian(String text) {
    return LocalDate.ofYearDay(number(CENTURY + text.substring(0, 2)), number(text.substring(2)));
  }

  private static LocalDate isoDay(String text) {
    Matcher day = DAY.matcher(text);
    if (!day.matches()) {
      throw new DateTimeException("no day: " + text);
    }
    return LocalDate.of(number(day.group(1)), number(day.group(2)), number(day.group(3)));
  }

  private static int number(String digits) {
    if (!digits.matches("\\d+")) {
      throw new DateTimeException("no number: " + digits);
    }
    return Integer.parseInt(digits);
  }
}
