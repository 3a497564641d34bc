package org.carepathway.content;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A text and its translation, both with blanks: <code>{0}</code>, <code>{1}</code> and so on.
 *
 * @param length of what is said outside the blanks
 */
record TextWithBlanks(Pattern english, List<String> blanks, String translation, int length) {

  private static final Pattern BLANK = Pattern.compile("\\{\\d}");

  private static final int FEW = 15;

  /** What is longer was typed by somebody; to look for blanks in it would take long. */
  private static final int LONGEST = 2000;

  static boolean hasBlanks(String text) {
    return BLANK.matcher(text).find();
  }

  static TextWithBlanks of(String english, String translation) {
    StringBuilder pattern = new StringBuilder();
    List<String> blanks = new ArrayList<>();
    Matcher blank = BLANK.matcher(english);
    int from = 0;
    while (blank.find()) {
      pattern.append(Pattern.quote(english.substring(from, blank.start()))).append("(.+?)");
      blanks.add(blank.group());
      from = blank.end();
    }
    pattern.append(Pattern.quote(english.substring(from)));
    return new TextWithBlanks(
        Pattern.compile(pattern.toString(), Pattern.DOTALL),
        blanks,
        translation,
        BLANK.matcher(english).replaceAll("").length());
  }

  /** Of two that fit, the one that says more comes first. */
  static List<TextWithBlanks> inOrder(List<TextWithBlanks> some, List<TextWithBlanks> more) {
    return Stream.concat(some.stream(), more.stream())
        .sorted(Comparator.comparingInt(TextWithBlanks::length).reversed())
        .toList();
  }

  /** A few words around several blanks, such as from one to another, are no frame for sentences. */
  private boolean isFrame(Matcher found) {
    return length < FEW
        && found.groupCount() > 1
        && IntStream.rangeClosed(1, found.groupCount())
            .anyMatch(blank -> found.group(blank).contains(". "));
  }

  /**
   * The translation of a text that differs from the English one in the blanks only.
   *
   * @param words the translation of what stands in a blank
   */
  Optional<String> fill(String text, UnaryOperator<String> words) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    Matcher found = english.matcher(text);
    if (!found.matches() || isFrame(found)) {
      return Optional.empty();
    }
    // In one pass: what is filled in may have braces itself.
    return Optional.of(
        BLANK
            .matcher(translation)
            .replaceAll(
                blank ->
                    Matcher.quoteReplacement(
                        words.apply(found.group(blanks.indexOf(blank.group()) + 1)))));
  }
}
