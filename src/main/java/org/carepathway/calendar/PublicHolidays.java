package org.carepathway.calendar;

import de.focus_shift.jollyday.core.CalendarHierarchy;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** The public holidays of a country or of a part of it. */
final class PublicHolidays implements Predicate<LocalDate> {

  private final HolidayManager manager;
  private final String[] parts;

  private PublicHolidays(HolidayManager manager, String[] parts) {
    this.manager = manager;
    this.parts = parts;
  }

  /**
   * @param region such as {@code es-md}; null or empty where none are known
   * @throws IllegalArgumentException for a region that is not known
   */
  static Predicate<LocalDate> of(String region) {
    if (region == null || region.isBlank()) {
      return day -> false;
    }
    String[] names = region.strip().toLowerCase(Locale.ROOT).split("-");
    if (!HolidayManager.getSupportedCalendarCodes().contains(names[0].toUpperCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "carepathway.calendar.holidays: no country '%s'; there are %s."
              .formatted(names[0], HolidayManager.getSupportedCalendarCodes()));
    }
    HolidayManager manager = HolidayManager.getInstance(ManagerParameters.create(names[0]));
    requirePart(manager.getCalendarHierarchy().getChildren(), names, 1);
    return new PublicHolidays(manager, Arrays.copyOfRange(names, 1, names.length));
  }

  @Override
  public boolean test(LocalDate day) {
    return manager.isHoliday(day, parts);
  }

  private static void requirePart(Map<String, CalendarHierarchy> known, String[] names, int at) {
    if (at == names.length) {
      return;
    }
    if (!known.containsKey(names[at])) {
      throw new IllegalArgumentException(
          "carepathway.calendar.holidays: '%s' has no part '%s'; there are %s."
              .formatted(names[0], names[at], known.keySet()));
    }
    requirePart(known.get(names[at]).getChildren(), names, at + 1);
  }
}
