package org.carepathway.content;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts of forms that say the value in force, so that nobody reads a name or what was delivered:
 * <code>{{policy inr-max}}</code>, and of a time limit <code>{{policy mdt-within in days}}</code>
 * or <code>in minutes</code>.
 */
final class PolicyText {

  private static final Pattern BLANK =
      Pattern.compile("\\{\\{policy ([a-z0-9-]+)(?: in (days|minutes))?}}");
  private static final BigDecimal MINUTES_OF_A_DAY = BigDecimal.valueOf(24 * 60);

  private PolicyText() {}

  /**
   * @throws IllegalArgumentException for a value that the policy does not have, or that is no time
   *     where one is asked
   */
  static String in(String body, Policy policy) {
    return BLANK
        .matcher(body)
        .replaceAll(blank -> Matcher.quoteReplacement(said(blank, policy.known(blank.group(1)))));
  }

  /** The same where no hospital is: the name of the value. */
  static String named(String body) {
    return BLANK.matcher(body).replaceAll("policy $1");
  }

  private static String said(MatchResult blank, PolicyValue value) {
    if ("days".equals(blank.group(2))) {
      return plain(value.days());
    }
    if ("minutes".equals(blank.group(2))) {
      return plain(value.days().multiply(MINUTES_OF_A_DAY));
    }
    try {
      return plain(new BigDecimal(value.value().toString()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s: '%s' is no number; write {{policy %s in days}}"
              .formatted(value.name(), value.value(), value.name()),
          e);
    }
  }

  private static String plain(BigDecimal number) {
    return number
        .setScale(Math.min(2, Math.max(0, number.scale())), RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }
}
