package org.carepathway.page;

import java.util.Arrays;
import java.util.Locale;

/** Light or dark pages. */
enum Theme {
  /** As the person's system is set. */
  SYSTEM,
  LIGHT,
  DARK;

  static final String COOKIE = "theme";

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Theme ofCode(String code) {
    return Arrays.stream(values())
        .filter(theme -> theme.code().equals(code))
        .findFirst()
        .orElse(SYSTEM);
  }
}
