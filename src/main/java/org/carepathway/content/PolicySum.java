package org.carepathway.content;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * Time limits that follow one another and what they may add up to.
 *
 * @param name of the sum
 * @param atMost the name of the policy value that is the limit
 * @param of the names of the policy values that are added up
 */
record PolicySum(String name, String atMost, List<String> of) {

  /**
   * @throws IllegalArgumentException when the values add up to more, or one of them is not known
   */
  void require(Map<String, PolicyValue> values) {
    BigDecimal sum =
        of.stream().map(one -> days(values, one)).reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal limit = days(values, atMost);
    if (sum.compareTo(limit) > 0) {
      throw new IllegalArgumentException(
          "sum '%s': %s add up to %.2f days, more than %s (%.2f days). Set one of them lower."
              .formatted(name, of, sum, atMost, limit));
    }
  }

  private BigDecimal days(Map<String, PolicyValue> values, String value) {
    if (!values.containsKey(value)) {
      throw new IllegalArgumentException("sum '%s': no policy value '%s'".formatted(name, value));
    }
    return values.get(value).days();
  }
}
