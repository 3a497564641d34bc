package org.carepathway.page;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.carepathway.fact.DrugName;
import org.carepathway.form.UnitName;

/**
 * Results on file that a form lists in one text, such as {@code Platelets [#/volume] in Blood 212
 * 10*9/L (2026-02-28)}, each as the record says it. Any other text stays as it is.
 */
final class OnFile {

  private static final Pattern RESULT =
      Pattern.compile("(.+?) ([<>≤≥]?\\d[\\d.,]*(?: \\S+)?(?: \\([^)]*\\))?)");

  private OnFile() {}

  /**
   * @param words a name in the language of the reader; the same where there is none
   */
  static String read(String text, UnaryOperator<String> words) {
    return Arrays.stream(text.split("; "))
        .map(part -> DrugName.in(result(part, words)))
        .collect(Collectors.joining("; "));
  }

  private static String result(String part, UnaryOperator<String> words) {
    Matcher found = RESULT.matcher(part);
    if (!found.matches()) {
      return part;
    }
    String name = found.group(1);
    String read = ShortName.of(words.apply(name));
    return read.equals(name) ? part : read + ' ' + UnitName.of(found.group(2));
  }
}
