package org.carepathway.form;

import java.math.BigDecimal;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers as people write them: with the decimal sign of their language, point or comma, and
 * nothing between thousands.
 */
public final class NumberText {

  private static final Pattern NUMBER = Pattern.compile("([+-]?)(\\d{1,18})(?:([.,])(\\d{1,18}))?");

  private NumberText() {}

  /** Such as {@code 1.5}, or {@code 1,5} in Spanish. */
  public static String of(BigDecimal number, Locale language) {
    return number.toPlainString().replace('.', decimalSign(language));
  }

  /** Whether it could be a number, however it is to be understood. */
  static boolean isNumber(String typed) {
    return NUMBER.matcher(typed).matches();
  }

  /**
   * Whether the sign in it may stand between thousands: the sign of another language before three
   * digits, as in {@code 1,500} in English. To guess could be wrong by a factor of 1000.
   */
  static boolean isDoubtful(String typed, Locale language) {
    Matcher number = NUMBER.matcher(typed);
    return number.matches()
        && number.group(3) != null
        && number.group(3).charAt(0) != decimalSign(language)
        && number.group(4).length() == 3
        && number.group(2).matches("[1-9]\\d{0,2}");
  }

  /** The value of what {@link #isNumber} and is not doubtful. */
  static BigDecimal read(String typed) {
    return new BigDecimal(typed.replace(',', '.'));
  }

  private static char decimalSign(Locale language) {
    return DecimalFormatSymbols.getInstance(language).getDecimalSeparator() == ',' ? ',' : '.';
  }
}
