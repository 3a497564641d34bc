package org.carepathway.patient;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What somebody typed to find a patient: names, numbers and a date of birth, in any order.
 *
 * @param words as a tsquery, without the date; empty for none
 * @param number the date as the part of a number that it may be, as a tsquery; empty for none
 * @param days that the date can mean: 3/4 is read both ways; empty for none
 */
record Wanted(String words, String number, List<LocalDate> days) {

  private static final Pattern DAY =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])(\\d{4}|\\d{1,2})([-./])(\\d{1,2})\\2(\\d{4}|\\d{1,2})(?![\\p{L}\\p{N}])");

  static Wanted of(String typed) {
    Matcher found = DAY.matcher(typed);
    List<LocalDate> days = found.find() ? days(found) : List.of();
    if (days.isEmpty()) {
      return new Wanted(SearchWords.query(typed), "", days);
    }
    String rest = typed.substring(0, found.start()) + ' ' + typed.substring(found.end());
    return new Wanted(SearchWords.query(rest), SearchWords.query(found.group()), days);
  }

  /** Whether it says too little to look for: not even two letters or digits together. */
  boolean isVague() {
    return days.isEmpty() && !words.matches(".*'[\\p{L}\\p{N}]{2,}'.*");
  }

  private static List<LocalDate> days(Matcher found) {
    String first = found.group(1);
    String month = found.group(3);
    String last = found.group(4);
    Stream<LocalDate> days =
        first.length() == 4
            ? day(first, month, last)
            : last.length() < 4
                ? Stream.of()
                : Stream.concat(day(last, month, first), day(last, first, month));
    return days.distinct().toList();
  }

  private static Stream<LocalDate> day(String year, String month, String day) {
    try {
      return Stream.of(
          LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day)));
    } catch (DateTimeException noSuchDay) {
      return Stream.of();
    }
  }
}
