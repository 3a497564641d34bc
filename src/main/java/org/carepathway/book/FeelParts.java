package org.carepathway.book;

import java.util.ArrayList;
import java.util.List;

/** A FEEL expression in its parts. */
final class FeelParts {

  private FeelParts() {}

  /** Parts at the outermost level, not inside of quotation marks or brackets. */
  static List<String> of(String feel, char separator) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    int depth = 0;
    for (char letter : feel.toCharArray()) {
      quoted ^= letter == '"';
      depth += !quoted && "([".indexOf(letter) >= 0 ? 1 : 0;
      depth -= !quoted && ")]".indexOf(letter) >= 0 ? 1 : 0;
      if (letter == separator && !quoted && depth == 0) {
        parts.add(part.toString().strip());
        part.setLength(0);
      } else {
        part.append(letter);
      }
    }
    parts.add(part.toString().strip());
    return parts;
  }
}
