package org.carepathway.calendar;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When the site is open on each day of the week.
 *
 * @param days those on which it is open
 */
public record OpeningHours(Map<DayOfWeek, Hours> days) {

  private static final List<String> NAMES = List.of("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su");
  private static final Pattern RULE =
      Pattern.compile("(\\w\\w)(?:-(\\w\\w))? (\\d\\d:\\d\\d)-(\\d\\d:\\d\\d)");

  /** From when to when, on the same day. */
  public record Hours(LocalTime from, LocalTime to) {

    /** The time itself where it is in these hours, else their end or beginning next to it. */
    LocalTime nearest(LocalTime time) {
      return time.isBefore(from) ? from : time.isAfter(to) ? to : time;
    }
  }

  /**
   * @param text such as {@code Mo-Fr 08:00-18:00; Sa 09:00-12:00}
   * @throws IllegalArgumentException naming the rule that cannot be read
   */
  public static OpeningHours parse(String text) {
    Map<DayOfWeek, Hours> days = new EnumMap<>(DayOfWeek.class);
    for (String rule : text.split(";")) {
      Matcher parts = RULE.matcher(rule.strip());
      if (!parts.matches()) {
        throw wrong(rule);
      }
      Hours hours = hours(rule, parts.group(3), parts.group(4));
      int first = day(rule, parts.group(1));
      int last = parts.group(2) == null ? first : day(rule, parts.group(2));
      for (int n = 0; n <= Math.floorMod(last - first, 7); n++) {
        if (days.put(DayOfWeek.of((first + n) % 7 + 1), hours) != null) {
          throw new IllegalArgumentException(
              "opening hours: '%s' names a day twice.".formatted(text));
        }
      }
    }
    return new OpeningHours(Map.copyOf(days));
  }

  public Optional<Hours> on(DayOfWeek day) {
    return Optional.ofNullable(days.get(day));
  }

  /** Such as {@code Monday-Friday 08:00-18:00; Saturday 09:00-12:00}, in a language. */
  public String in(Locale language) {
    List<String> said = new ArrayList<>();
    DayOfWeek first = null;
    for (DayOfWeek day : DayOfWeek.values()) {
      Hours hours = days.get(day);
      first = first == null ? day : first;
      boolean last = day == DayOfWeek.SUNDAY || !Objects.equals(hours, days.get(day.plus(1)));
      if (last && hours != null) {
        String name = name(first, language) + (first == day ? "" : "-" + name(day, language));
        said.add("%s %s-%s".formatted(name, hours.from(), hours.to()));
      }
      first = last ? null : first;
    }
    return String.join("; ", said);
  }

  private static String name(DayOfWeek day, Locale language) {
    return day.getDisplayName(TextStyle.FULL_STANDALONE, language);
  }

  private static int day(String rule, String name) {
    int day = NAMES.indexOf(name);
    if (day < 0) {
      throw wrong(rule);
    }
    return day;
  }

  private static Hours hours(String rule, String from, String to) {
    try {
      Hours hours = new Hours(LocalTime.parse(from), LocalTime.parse(to));
      if (!hours.to().isAfter(hours.from())) {
        throw wrong(rule);
      }
      return hours;
    } catch (DateTimeException e) {
      throw wrong(rule);
    }
  }

  private static IllegalArgumentException wrong(String rule) {
    return new IllegalArgumentException(
        "opening hours: '%s' cannot be read; write 'Mo-Fr 08:00-18:00; Sa 09:00-12:00'."
            .formatted(rule.strip()));
  }
}
