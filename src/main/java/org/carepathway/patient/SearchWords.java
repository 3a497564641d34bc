package org.carepathway.patient;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Words to be found by their beginnings or parts, whatever their case and accents. */
public final class SearchWords {

  /** Shorter ones are in nearly every name. */
  static final int SHORTEST_PART = 2;

  /** Nobody types more, and all ends of a word are kept: twice as long is four times as much. */
  private static final int LONGEST_WORD = 50;

  private static final int MOST_WORDS = 100;

  /** Letters that are no other letter with an accent, as people type them who lack them. */
  private static final Map<String, String> LETTERS =
      Map.of("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "ı", "i");

  private SearchWords() {}

  /** The words of some texts; those that are null have none. */
  public static String[] of(String... texts) {
    return words(Arrays.stream(texts)).toArray(String[]::new);
  }

  /** All ends of the words: what begins one of them is a part of a word. */
  static String[] partsOf(String... texts) {
    return words(Arrays.stream(texts)).stream()
        .flatMap(
            word ->
                IntStream.rangeClosed(0, Math.max(0, word.length() - SHORTEST_PART))
                    .mapToObj(word::substring))
        .distinct()
        .toArray(String[]::new);
  }

  /** As a tsquery: every word that was typed begins a word of the item; empty where none was. */
  public static String query(String typed) {
    return words(Stream.of(typed)).stream()
        .map("'%s':*"::formatted)
        .collect(Collectors.joining(" & "));
  }

  /** The same of the longest word only; of several, the first. */
  public static String longest(String typed) {
    return words(Stream.of(typed)).stream()
        .max(Comparator.comparingInt(String::length))
        .map("'%s':*"::formatted)
        .orElse("");
  }

  private static List<String> words(Stream<String> texts) {
    return texts
        .filter(Objects::nonNull)
        .map(SearchWords::folded)
        .flatMap(text -> Arrays.stream(text.split("[^\\p{L}\\p{N}]+")))
        .filter(word -> !word.isEmpty())
        .map(word -> word.substring(0, word.offsetByCodePoints(0, length(word))))
        .distinct()
        .limit(MOST_WORDS)
        .toList();
  }

  /** In characters that people know. */
  private static int length(String word) {
    return Math.min(LONGEST_WORD, word.codePointCount(0, word.length()));
  }

  private static String folded(String text) {
    String plain =
        Normalizer.normalize(text, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}", "")
            .toLowerCase(Locale.ROOT);
    for (Map.Entry<String, String> letter : LETTERS.entrySet()) {
      plain = plain.replace(letter.getKey(), letter.getValue());
    }
    return plain;
  }
}
