package org.carepathway.fhir;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large a number may be. R4 sets no limit, but 1e1000000 is a short text, takes minutes to
 * write out, and what HAPI has stored with such an exponent it cannot read again.
 */
public final class NumberLimit {

  static final int MOST_DIGITS = 40;
  static final int LARGEST_EXPONENT = 30;
  public static final String RULE =
      "A number has at most %d digits and an exponent of at most %d."
          .formatted(MOST_DIGITS, LARGEST_EXPONENT);

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d*+)\\.?(\\d*+)(?:[eE][+-]?0*+(\\d*+))?");

  private NumberLimit() {}

  /** Whether a text keeps the limit; what is no number does. Nothing is computed with it. */
  public static boolean allows(String text) {
    Matcher number = NUMBER.matcher(text.strip());
    if (!number.matches()) {
      return true;
    }
    String exponent = number.group(3) == null ? "" : number.group(3);
    return number.group(1).length() + number.group(2).length() <= MOST_DIGITS
        && exponent.length() <= 2
        && (exponent.isEmpty() || Integer.parseInt(exponent) <= LARGEST_EXPONENT);
  }

  /** The same for a number that was read: its digits are counted, not written out. */
  static boolean allows(BigDecimal number) {
    return number.precision() <= MOST_DIGITS
        && number.scale() >= -LARGEST_EXPONENT
        && number.scale() <= MOST_DIGITS + LARGEST_EXPONENT;
  }
}
