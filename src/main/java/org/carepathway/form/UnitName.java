package org.carepathway.form;

import java.util.regex.Pattern;

/** Units as people write them. */
public final class UnitName {

  private static final Pattern POWER = Pattern.compile("\\b10[*^](3|6|9|12)\\b");

  private UnitName() {}

  /** {@code 10*9/L} of UCUM and {@code 10^9/L} read as {@code 10⁹/L}. */
  public static String of(String unit) {
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
