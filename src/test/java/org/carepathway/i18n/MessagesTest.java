package org.carepathway.i18n;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Format;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.attoparser.MarkupParser;
import org.attoparser.config.ParseConfiguration;
import org.attoparser.simple.SimplifierMarkupHandler;
import org.junit.jupiter.api.Test;

/** Every text of the pages is there, in every language. */
class MessagesTest {

  private static final Path RESOURCES = Path.of("src/main/resources");
  private static final Path TEMPLATES = RESOURCES.resolve("templates");

  /** {@code #{key}}, {@code #{key(arguments)}} or {@code #{|start.${code}|}}. */
  private static final Pattern USED = Pattern.compile("#\\{(\\|?)([a-z][A-Za-z0-9.-]*)");

  @Test
  void everyLanguageHasEveryKey() throws IOException {
    Set<String> english = texts("messages.properties").keySet();
    assertThat(english).isNotEmpty();
    assertThat(texts("messages_es.properties").keySet()).isEqualTo(english);
  }

  @Test
  void noTextIsEmptyOrGivenTwice() throws IOException {
    for (String file : List.of("messages.properties", "messages_es.properties")) {
      List<String> keys =
          Files.readAllLines(RESOURCES.resolve(file)).stream()
              .filter(line -> line.matches("[A-Za-z].*=.*"))
              .map(line -> line.substring(0, line.indexOf('=')).strip())
              .toList();
      assertThat(keys).as(file).doesNotHaveDuplicates();
      assertThat(texts(file)).as(file).allSatisfy((key, text) -> assertThat(text).isNotBlank());
    }
  }

  /** A forgotten {@code {0}} would hide a patient or a number. */
  @Test
  void everyLanguageUsesTheSameArguments() throws IOException {
    Map<String, String> spanish = texts("messages_es.properties");
    texts("messages.properties")
        .forEach(
            (key, text) ->
                assertThat(arguments(key, spanish.get(key)))
                    .as(key)
                    .isEqualTo(arguments(key, text)));
  }

  @Test
  void everyKeyOfATemplateExists() throws IOException {
    Set<String> known = texts("messages.properties").keySet();
    List<String> unknown = new ArrayList<>();
    for (Path template : templates()) {
      Matcher used = USED.matcher(Files.readString(template));
      while (used.find()) {
        String key = used.group(2);
        boolean exists =
            used.group(1).isEmpty()
                ? known.contains(key)
                : known.stream().anyMatch(one -> one.startsWith(key));
        if (!exists) {
          unknown.add(template.getFileName() + ": " + key);
        }
      }
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void noTemplateHasWordsOfItsOwn() throws Exception {
    MarkupParser parser = new MarkupParser(ParseConfiguration.htmlConfiguration());
    for (Path template : templates()) {
      VisibleText visible = new VisibleText();
      parser.parse(Files.readString(template), new SimplifierMarkupHandler(visible));
      assertThat(visible.found()).as(template.toString()).isEmpty();
    }
  }

  private static List<Path> templates() throws IOException {
    try (Stream<Path> files = Files.walk(TEMPLATES)) {
      return files.filter(file -> file.toString().endsWith(".html")).sorted().toList();
    }
  }

  private static Set<Integer> arguments(String key, String text) {
    Set<Integer> used = new TreeSet<>();
    if (text.contains("{")) {
      Format[] formats = new MessageFormat(text, Locale.ENGLISH).getFormatsByArgumentIndex();
      for (int i = 0; i < formats.length; i++) {
        if (text.contains("{" + i)) {
          used.add(i);
        }
      }
    } else {
      assertThat(text).as("%s has no argument: no doubled apostrophe", key).doesNotContain("''");
    }
    return used;
  }

  private static Map<String, String> texts(String file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(RESOURCES.resolve(file), StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    Map<String, String> texts = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
    return texts;
  }
}
