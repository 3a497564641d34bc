package org.carepathway.fhir;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which FHIRPath may say what a patch changes: one that leads down from the resource to an element.
 * Any other could be a program: {@code descendants().descendants().descendants()} of a resource
 * with a thousand elements visits a thousand million of them.
 */
final class PatchPath {

  /** What FHIRPath Patch needs to name an element, and to tell it from its neighbours. */
  private static final Set<String> FUNCTIONS =
      Set.of(
          "as",
          "contains",
          "count",
          "empty",
          "endsWith",
          "exists",
          "extension",
          "first",
          "hasValue",
          "is",
          "last",
          "lower",
          "not",
          "ofType",
          "single",
          "skip",
          "startsWith",
          "tail",
          "take",
          "upper",
          "where");

  private static final int LONGEST = 1_000;
  private static final Pattern QUOTED = Pattern.compile("'(?:[^'\\\\]|\\\\.)*+'");
  private static final Pattern CALL = Pattern.compile("(\\w+)`?\\s*\\(");
  private static final Pattern LOGIC = Pattern.compile("and|or|xor|implies|in|div|mod");

  private PatchPath() {}

  /** Why it is not taken; null where it is. */
  static String fault(String path) {
    if (path.length() > LONGEST) {
      return "is longer than " + LONGEST + " characters";
    }
    String plain = QUOTED.matcher(path).replaceAll("''");
    if (plain.contains("%") || plain.contains("//") || plain.contains("/*")) {
      return "has a variable (%) or a comment";
    }
    for (Matcher calls = CALL.matcher(plain); calls.find(); ) {
      String name = calls.group(1);
      if (!FUNCTIONS.contains(name) && !LOGIC.matcher(name).matches()) {
        return "calls '%s'; taken are %s".formatted(name, new TreeSet<>(FUNCTIONS));
      }
    }
    return null;
  }
}
