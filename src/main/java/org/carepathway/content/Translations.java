package org.carepathway.content;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The texts of the content, and what the service itself tells systems and people, in other
 * languages: the files {@code translation/<language>.yaml}, each a map from the English text. What
 * has no translation is shown in English.
 *
 * <p>A text with {@code {0}}, {@code {1}} and so on stands for all texts that differ there, such as
 * a limit in a reason; what stands there is translated where it is a text of its own.
 */
@Component
public class Translations {

  /** How a rule says where it comes from. */
  private static final Pattern RULE =
      Pattern.compile("(.*?)\\.? ?Source: (.*?)\\. Evidence: (.*?)\\.?");

  private final Map<String, Map<String, String>> exact = new ConcurrentHashMap<>();
  private final Map<String, List<TextWithBlanks>> blanks = new ConcurrentHashMap<>();

  /** Adds a file of translations. */
  void add(ContentFile file) {
    String language = file.name().replace(".yaml", "");
    Map<String, String> texts =
        new Yaml(new SafeConstructor(new LoaderOptions())).load(file.body());
    texts.forEach(
        (english, text) -> {
          if (TextWithBlanks.hasBlanks(english)) {
            blanks.merge(
                language, List.of(TextWithBlanks.of(english, text)), TextWithBlanks::inOrder);
          } else {
            exact.computeIfAbsent(language, unused -> new ConcurrentHashMap<>()).put(english, text);
          }
        });
  }

  /** Whether there are texts in this language; English is what all are written in. */
  public boolean isOffered(Locale locale) {
    return locale.getLanguage().equals("en") || exact.containsKey(locale.getLanguage());
  }

  /** A text of the content as a reader of this language reads it. */
  public String of(String english, Locale locale) {
    Map<String, String> texts = exact.getOrDefault(locale.getLanguage(), Map.of());
    if (english == null || english.isBlank() || texts.isEmpty()) {
      return english;
    }
    String text = text(english.strip(), locale, texts);
    return text == null ? english : text;
  }

  /** Whether a reader of this language reads it in that language. */
  public boolean has(String english, Locale locale) {
    Map<String, String> texts = exact.getOrDefault(locale.getLanguage(), Map.of());
    return text(english.strip(), locale, texts) != null;
  }

  private String text(String english, Locale locale, Map<String, String> texts) {
    String text = texts.get(english);
    if (text != null) {
      return text;
    }
    Matcher rule = RULE.matcher(english);
    if (rule.matches() && (rule.group(1).isEmpty() || text(rule.group(1), locale, texts) != null)) {
      return "%s. %s: %s. %s: %s."
          .formatted(
              of(rule.group(1), locale),
              of("Source", locale),
              all(rule.group(2), "; ", locale),
              of("Evidence", locale),
              all(rule.group(3), "; ", locale));
    }
    return blanks.getOrDefault(locale.getLanguage(), List.of()).stream()
        .flatMap(one -> one.fill(english, blank -> all(blank, "; ", locale)).stream())
        .findFirst()
        .orElseGet(() -> listed(english, locale, texts));
  }

  /** What a collecting table has put in a row, or a text that a letter ends with a full stop. */
  private String listed(String english, Locale locale, Map<String, String> texts) {
    if (english.endsWith(".") && texts.containsKey(english.substring(0, english.length() - 1))) {
      return texts.get(english.substring(0, english.length() - 1)) + '.';
    }
    List<String> parts = Arrays.asList(english.split(", ?"));
    return parts.size() > 1
            && parts.stream().allMatch(part -> text(part.strip(), locale, texts) != null)
        ? all(english, ", ?", locale).replace("; ", ", ")
        : null;
  }

  private String all(String english, String separator, Locale locale) {
    return Arrays.stream(english.split(separator))
        .map(part -> of(part, locale))
        .collect(Collectors.joining("; "));
  }
}
