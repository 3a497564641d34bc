package org.carepathway.worklist;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words to be found by their beginnings, whatever their case and accents. */
final class SearchWords {

  private SearchWords() {}

  /** The words of some texts; those that are null have none. */
  static String[] of(String... texts) {
    return words(Arrays.stream(texts)).toArray(String[]::new);
  }

  /** As a tsquery: every word that was typed begins a word of the item; empty where none was. */
  static String query(String typed) {
    return words(Stream.of(typed)).stream()
        .map("'%s':*"::formatted)
        .collect(Collectors.joining(" & "));
  }

  /** The same of the longest word only; of several, the first. */
  static String longest(String typed) {
    return words(Stream.of(typed)).stream()
        .max(Comparator.comparingInt(String::length))
        .map("'%s':*"::formatted)
        .orElse("");
  }

  private static List<String> words(Stream<String> texts) {
    return texts
        .filter(Objects::nonNull)
        .map(text -> Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("\\p{M}", ""))
        .flatMap(text -> Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")))
        .filter(word -> !word.isEmpty())
        .distinct()
        .toList();
  }
}
