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
 * The texts of the content in other languages: the files {@code translation/<language>.yaml}, each
 * a map from the English text. What has no translation is shown in English.
 *
 * <p>A text with {@code {0}} stands for all texts that differ there, such as a limit in a reason.
 */
@Component
public class Translations {

  /** How a rule says where it comes from. */
  private static final Pattern RULE =
      Pattern.compile("(.*?)\\.? ?Source: (.*?)\\. Evidence: (.*?)\\.?");

  private static final String BLANK = "{0}";

  private final Map<String, Map<String, String>> exact = new ConcurrentHashMap<>();
  private final Map<String, Map<Pattern, String>> patterns = new ConcurrentHashMap<>();

  /** Adds a file of translations. */
  void add(ContentFile file) {
    String language = file.name().replace(".yaml", "");
    Map<String, String> texts =
        new Yaml(new SafeConstructor(new LoaderOptions())).load(file.body());
    texts.forEach(
        (english, text) -> {
          if (english.contains(BLANK)) {
            patterns
                .computeIfAbsent(language, unused -> new ConcurrentHashMap<>())
                .put(pattern(english), text);
          } else {
            exact.computeIfAbsent(language, unused -> new ConcurrentHashMap<>()).put(english, text);
          }
        });
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
    if (rule.matches()) {
      return "%s. %s: %s. %s: %s."
          .formatted(
              of(rule.group(1), locale),
              of("Source", locale),
              all(rule.group(2), "; ", locale),
              of("Evidence", locale),
              all(rule.group(3), "; ", locale));
    }
    return patterns.getOrDefault(locale.getLanguage(), Map.of()).entrySet().stream()
        .flatMap(
            entry -> {
              Matcher found = entry.getKey().matcher(english);
              return found.matches()
                  ? java.util.stream.Stream.of(entry.getValue().replace(BLANK, found.group(1)))
                  : java.util.stream.Stream.empty();
            })
        .findFirst()
        .orElseGet(() -> listed(english, locale, texts));
  }

  /** What a collecting table has put in a row. */
  private String listed(String english, Locale locale, Map<String, String> texts) {
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

  private static Pattern pattern(String english) {
    return Pattern.compile(
        Arrays.stream(english.split(Pattern.quote(BLANK), -1))
            .map(Pattern::quote)
            .collect(Collectors.joining("(.+)")));
  }
}
