package org.carepathway.content;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.carepathway.calendar.TimeLimit;

/**
 * A threshold, time limit or switch that a hospital may set otherwise.
 *
 * @param name in kebab-case
 * @param value a Long, Double, Boolean or String; an ISO 8601 duration is a String
 * @param delivered the same as the content delivers it
 * @param unit UCUM; null where it has none
 * @param min least value a hospital may set, null for none
 * @param max largest value a hospital may set, null for none
 * @param oneOf the values a hospital may choose from, empty where any will do
 * @param atMost the name of the value that this one may not be above, null for none
 * @param source where the default comes from
 * @param evidence how sure that is: E1, E2, MEM or LOCAL
 * @param meaning in plain words
 */
public record PolicyValue(
    String name,
    Object value,
    Object delivered,
    String unit,
    Object min,
    Object max,
    List<String> oneOf,
    String atMost,
    String source,
    String evidence,
    String meaning) {

  private static final BigDecimal HOURS_OF_A_DAY = BigDecimal.valueOf(24);

  public PolicyValue {
    require(min == null || compare(name, value, min) >= 0, "%s: %s is below %s", name, value, min);
    require(max == null || compare(name, value, max) <= 0, "%s: %s is above %s", name, value, max);
    require(
        oneOf.isEmpty() || oneOf.contains(value.toString()),
        "%s: '%s' is none of %s",
        name,
        value,
        oneOf);
    require(
        !(min instanceof String hours && hours.contains("T") && asksTheCalendar(value)),
        "%s: '%s' would wait for the site to open, and this limit is one of hours: write it as PT4H",
        name,
        value);
  }

  /** As FEEL names it: {@code nrs-min} is {@code nrsMin}. */
  public String camelCase() {
    StringBuilder camel = new StringBuilder();
    for (String word : name.split("-")) {
      camel.append(
          camel.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return camel.toString();
  }

  /** Whether the hospital set it otherwise than it was delivered. */
  public boolean isSetHere() {
    return !value.equals(delivered);
  }

  /**
   * This value as a hospital sets it.
   *
   * @throws IllegalArgumentException when the text is of another kind or out of bounds
   */
  PolicyValue set(String text) {
    return new PolicyValue(
        name,
        parsed(text.strip()),
        delivered,
        unit,
        min,
        max,
        oneOf,
        atMost,
        source,
        evidence,
        meaning);
  }

  /**
   * @throws IllegalArgumentException when this value is above the other, which it must not be
   */
  void requireAtMost(PolicyValue other) {
    require(
        compare(name, value, other.value) <= 0,
        "%s: %s contradicts %s, %s: it may be that at most. Set one of them otherwise.",
        name,
        value,
        other.name,
        other.value);
  }

  /**
   * How long this is in days.
   *
   * @throws IllegalArgumentException when it is no time
   */
  BigDecimal days() {
    if (value instanceof Number number && ("h".equals(unit) || "d".equals(unit))) {
      BigDecimal amount = new BigDecimal(number.toString());
      return "d".equals(unit) ? amount : amount.divide(HOURS_OF_A_DAY, MathContext.DECIMAL64);
    }
    return days(Objects.toString(value))
        .orElseThrow(
            () -> new IllegalArgumentException("%s: %s is no time".formatted(name, value)));
  }

  private Object parsed(String text) {
    try {
      if (value instanceof Boolean && text.matches("true|false")) {
        return Boolean.valueOf(text);
      }
      if (value instanceof Long || value instanceof Double) {
        return new BigDecimal(text).stripTrailingZeros().scale() <= 0
            ? (Object) new BigDecimal(text).longValueExact()
            : (Object) Double.valueOf(text);
      }
      if (value instanceof String known && (days(known).isEmpty() || days(text).isPresent())) {
        return text;
      }
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException("%s: '%s' is no number".formatted(name, text), e);
    }
    throw new IllegalArgumentException(
        "%s: '%s' is not of the kind of '%s'".formatted(name, text, value));
  }

  private static int compare(String name, Object value, Object bound) {
    if (value instanceof Number && bound instanceof Number) {
      return new BigDecimal(value.toString()).compareTo(new BigDecimal(bound.toString()));
    }
    Optional<BigDecimal> left = days(Objects.toString(value));
    Optional<BigDecimal> right = days(Objects.toString(bound));
    require(left.isPresent() && right.isPresent(), "%s: %s has no bound %s", name, value, bound);
    return left.get().compareTo(right.get());
  }

  private static boolean asksTheCalendar(Object value) {
    return value instanceof String text
        && days(text).isPresent()
        && TimeLimit.parse(text).asksTheCalendar();
  }

  /** About how long a time limit is; empty for other text. */
  private static Optional<BigDecimal> days(String text) {
    try {
      return Optional.of(TimeLimit.parse(text).days());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static void require(boolean holds, String message, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(message.formatted(values));
    }
  }
}
