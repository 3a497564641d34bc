package org.carepathway.page;

import java.util.regex.Pattern;
import org.springframework.util.StringUtils;

/**
 * What a rule says of itself, without what only who reviews the content looks up: its row in the
 * clinical text, keys of the policy, and how sure its source is. The book of the pathway has these.
 */
public final class RuleWords {

  private static final Pattern ROW =
      Pattern.compile(
          "^(?:Gate |Control )?[CDRS]-?\\d+[a-z]?(?: (?:rows?|filas?|precedence|precedencia) \\w+"
              + "(?: (?:and|y|to|a) \\w+)*)?(?:, (?:added|añadida))?(?:[,:.](?: |$)| |$)");
  private static final Pattern KEYS =
      Pattern.compile(" ?\\((?:policy|valor|valores) [a-z][a-z0-9]*-[^)]*\\)");
  private static final Pattern REVIEWED =
      Pattern.compile(
          " ?(?:(?:Source|Fuente): clinical\\.md[^.]*\\.|\\(clinical\\.md [^)]*\\)"
              + "|(?:Evidence|Evidencia): [^.]*\\.)");

  private static final Pattern SOURCED = Pattern.compile("(?:Evidence|Evidencia): ");

  private RuleWords() {}

  /** {@code D6 row 4: flat for an hour. Source: X. Evidence: E1.}: Flat for an hour. Source: X. */
  public static String of(String text) {
    if (!SOURCED.matcher(text).find()) {
      return text;
    }
    String words = REVIEWED.matcher(KEYS.matcher(text).replaceAll("")).replaceAll("");
    return StringUtils.capitalize(ROW.matcher(words.strip()).replaceFirst("").strip());
  }
}
