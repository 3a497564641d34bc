package org.carepathway.content;

import java.util.Arrays;
import java.util.List;

/** A version such as 1.10.0, which is later than 1.9.0; what is no number is compared as text. */
record VersionNumber(List<String> parts) implements Comparable<VersionNumber> {

  static VersionNumber of(String version) {
    return new VersionNumber(Arrays.asList(version.split("[.-]")));
  }

  @Override
  public int compareTo(VersionNumber other) {
    for (int i = 0; i < Math.min(parts.size(), other.parts.size()); i++) {
      int order = compare(parts.get(i), other.parts.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(parts.size(), other.parts.size());
  }

  private static int compare(String left, String right) {
    return left.matches("\\d{1,9}") && right.matches("\\d{1,9}")
        ? Integer.compare(Integer.parseInt(left), Integer.parseInt(right))
        : left.compareTo(right);
  }
}
