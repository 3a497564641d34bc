package org.carepathway.patient.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number to call.
 *
 * @param whose what it is: home, mobile or whose
 * @param number as it is written
 * @param href for a phone to dial; null for what is no number
 */
record Phone(String whose, String number, String href) {

  private static final int FEWEST_DIGITS = 3;

  /** The digits that are dialled: what comes after them, such as an extension, is for people. */
  private static final Pattern DIALLED = Pattern.compile("\\s*(\\+?)([0-9 ()./\\u00a0-]+).*");

  static Phone of(String whose, String number) {
    Matcher found = DIALLED.matcher(number);
    String digits = found.matches() ? found.group(2).replaceAll("\\D", "") : "";
    return new Phone(
        whose,
        number.strip(),
        digits.length() < FEWEST_DIGITS ? null : "tel:" + found.group(1) + digits);
  }
}
