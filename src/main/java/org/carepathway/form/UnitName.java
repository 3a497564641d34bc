package org.carepathway.form;

import java.util.Set;
import java.util.regex.Pattern;

/** Units as people write them. */
public final class UnitName {

  private static final Pattern POWER = Pattern.compile("\\b10[*^](3|6|9|12)\\b");

  private static final Set<String> NONE = Set.of("score", "INR", "T-score", "1");

  private UnitName() {}

  /** {@code 10*9/L} of UCUM and {@code 10^9/L} read as {@code 10⁹/L}. */
  public static String of(String unit) {
    return powers(unit.replace("1.73 m2", "1.73 m²"));
  }

  /**
   * Behind a number, with a space before; nothing behind one that has no unit, such as a score:
   * what it is says its name.
   *
   * @param unit null or empty for none
   */
  public static String behind(String unit) {
    return unit == null || unit.isEmpty() || unit.startsWith("{") || NONE.contains(unit)
        ? ""
        : ' ' + of(unit);
  }

  private static String powers(String unit) {
    return POWER
        .matcher(unit)
        .replaceAll(
            power ->
                switch (power.group(1)) {
                  case "3" -> "10³";
                  case "6" -> "10⁶";
                  case "9" -> "10⁹";
                  default -> "10¹²";
                });
  }
}
