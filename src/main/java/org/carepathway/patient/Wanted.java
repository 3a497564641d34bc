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
 * @param days that the date can mean: 3/4 is read both ways, a month or a year is each of its days;
 *     empty for none
 */
record Wanted(String words, String number, List<LocalDate> days) {

  private static final Pattern DAY =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])(\\d{4}|\\d{1,2})([-./])(\\d{1,2})\\2(\\d{4}|\\d{1,2})(?![\\p{L}\\p{N}])");

  /** A month of a year, and a year, with no more of a date or number around them. */
  private static final Pattern MONTH =
      alone("(?:(?<year>\\d{4})[-./](?<month>\\d{1,2})|(?<first>\\d{1,2})[-./](?<last>\\d{4}))");

  private static final Pattern YEAR = alone("(?<year>(?:19|20)\\d{2})");

  static Wanted of(String typed) {
    Matcher day = DAY.matcher(typed);
    if (day.find()) {
      return of(typed, day, days(day));
    }
    Matcher month = MONTH.matcher(typed);
    if (month.find()) {
      return of(typed, month, ofMonth(month));
    }
    Matcher year = YEAR.matcher(typed);
    return year.find()
        ? of(typed, year, all(LocalDate.of(Integer.parseInt(year.group("year")), 1, 1), 12))
        : of(typed, year, List.of());
  }

  private static Wanted of(String typed, Matcher found, List<LocalDate> days) {
    if (days.isEmpty()) {
      return new Wanted(SearchWords.query(typed), "", days);
    }
    String rest = typed.substring(0, found.start()) + ' ' + typed.substring(found.end());
    return new Wanted(SearchWords.query(rest), SearchWords.query(found.group()), days);
  }

  private static Pattern alone(String part) {
    return Pattern.compile(
        "(?<![\\p{L}\\p{N}])(?<![\\p{L}\\p{N}][-./])" + part + "(?![-./]?[\\p{L}\\p{N}])");
  }

  private static List<LocalDate> ofMonth(Matcher found) {
    boolean yearFirst = found.group("year") != null;
    return day(
            found.group(yearFirst ? "year" : "last"),
            found.group(yearFirst ? "month" : "first"),
            "1")
        .flatMap(first -> all(first, 1).stream())
        .toList();
  }

  private static List<LocalDate> all(LocalDate first, int months) {
    return first.datesUntil(first.plusMonths(months)).toList();
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
