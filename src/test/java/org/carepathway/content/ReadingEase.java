package org.carepathway.content;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How hard a text is to read, by published formulas over words per sentence and syllables per word.
 * A heading and an entry of a list count as a sentence. Syllables are counted by groups of vowels.
 */
record ReadingEase(double wordsPerSentence, double syllablesPerWord) {

  private static final Pattern WORD = Pattern.compile("\\p{L}+");
  private static final Pattern VOWELS = Pattern.compile("[aeiouyáéíóúü]+");
  private static final Pattern SILENT = Pattern.compile(".*([^aeiouy]e|[^aeiouy]es|[^aeiouytd]ed)");
  private static final String STRONG = "aeoáéó";

  static ReadingEase of(String text, String language) {
    List<List<String>> sentences =
        Arrays.stream(text.split("[.!?:;]\\s|\\n"))
            .map(ReadingEase::words)
            .filter(words -> !words.isEmpty())
            .toList();
    int words = sentences.stream().mapToInt(List::size).sum();
    int syllables =
        sentences.stream()
            .flatMap(List::stream)
            .mapToInt(word -> language.equals("es") ? spanish(word) : english(word))
            .sum();
    return new ReadingEase((double) words / sentences.size(), (double) syllables / words);
  }

  /** School grade by Flesch and Kincaid (1975), English: grade 6 is a reading age of about 12. */
  double fleschKincaidGrade() {
    return 0.39 * wordsPerSentence + 11.8 * syllablesPerWord - 15.59;
  }

  /** Ease by Fernández Huerta (1959), Spanish: 80 and more is easy, for a reading age of 12. */
  double fernandezHuerta() {
    return 206.84 - 60 * syllablesPerWord - 1.02 * wordsPerSentence;
  }

  private static List<String> words(String sentence) {
    return WORD.matcher(sentence.toLowerCase(Locale.ROOT))
        .results()
        .map(MatchResult::group)
        .toList();
  }

  private static int english(String word) {
    int groups = (int) VOWELS.matcher(word).results().count();
    return Math.max(1, SILENT.matcher(word).matches() ? groups - 1 : groups);
  }

  /** Two strong vowels, or an accented weak one beside another vowel, are two syllables. */
  private static int spanish(String word) {
    int syllables = 0;
    for (MatchResult group : VOWELS.matcher(word).results().toList()) {
      String vowels = group.group();
      syllables++;
      for (int i = 1; i < vowels.length(); i++) {
        syllables += isHiatus(vowels.charAt(i - 1), vowels.charAt(i)) ? 1 : 0;
      }
    }
    return Math.max(1, syllables);
  }

  private static boolean isHiatus(char first, char second) {
    boolean bothStrong = STRONG.indexOf(first) >= 0 && STRONG.indexOf(second) >= 0;
    return bothStrong || "íú".indexOf(first) >= 0 || "íú".indexOf(second) >= 0;
  }
}
