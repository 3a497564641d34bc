package org.carepathway.fhir;

import java.util.regex.Pattern;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.lang3.exception.ExceptionUtils;

/** Why something cannot be read, for who sees no patient's data: what is quoted is left out. */
final class UnreadableCause {

  private static final Pattern QUOTED = Pattern.compile("\"[^\"]{2,}\"|'[^']{2,}'");
  private static final int LONGEST = 300;

  private UnreadableCause() {}

  static String of(Throwable cause) {
    Throwable root = ExceptionUtils.getRootCause(cause);
    String text = root.getMessage() == null ? "" : root.getMessage();
    return StringUtils.abbreviate(
        root.getClass().getSimpleName() + ": " + QUOTED.matcher(text).replaceAll("\"…\""), LONGEST);
  }
}
