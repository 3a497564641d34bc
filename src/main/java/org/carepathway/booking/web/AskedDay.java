package org.carepathway.booking.web;

import java.time.DateTimeException;
import java.time.LocalDate;

/** The day that the address of a page asks for. */
final class AskedDay {

  private static final LocalDate FIRST = LocalDate.of(1900, 1, 1);
  private static final LocalDate LAST = LocalDate.of(2999, 12, 31);

  private AskedDay() {}

  /**
   * @param text ISO 8601
   * @param otherwise for what is no day, or none that a calendar holds
   */
  static LocalDate of(String text, LocalDate otherwise) {
    try {
      LocalDate day = LocalDate.parse(text);
      return day.isBefore(FIRST) || day.isAfter(LAST) ? otherwise : day;
    } catch (DateTimeException none) {
      return otherwise;
    }
  }
}
