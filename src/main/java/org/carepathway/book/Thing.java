package org.carepathway.book;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.carepathway.book.Change.Difference;

/**
 * One thing in a book, such as a question.
 *
 * @param kind, name, where as in {@link Change}
 * @param says what it says under which heading, the same headings for every thing of a kind
 */
record Thing(String kind, String name, String where, Map<String, String> says) {

  /** The heading of what is compared and not shown, as only a computer reads it. */
  static final String INSIDE = "book.inside";

  /** What it says otherwise than before. */
  List<Difference> since(Thing before) {
    return says.keySet().stream()
        .filter(what -> !says.get(what).equals(before.says.get(what)))
        .map(what -> difference(what, before))
        .toList();
  }

  private Difference difference(String what, Thing before) {
    if (what.equals(INSIDE)) {
      return new Difference(what, null, null);
    }
    String old = before.says.get(what);
    String now = says.get(what);
    return new Difference(what, without(old, now), without(now, old));
  }

  /** Of a text of several lines only those that the other one has not. */
  private static String without(String text, String other) {
    if (!text.contains("\n") || !other.contains("\n")) {
      return text;
    }
    List<String> others = other.lines().toList();
    return text.lines().filter(line -> !others.contains(line)).collect(Collectors.joining(" / "));
  }
}
