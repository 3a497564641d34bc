package org.carepathway.form;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/**
 * Something that the service itself says about answers.
 *
 * @param key in the bundle {@code messages}
 * @param arguments as texts
 */
record Phrase(String key, List<String> arguments) {

  /** A language without a bundle is answered in English, whatever the machine speaks. */
  private static final Control ENGLISH_ELSE =
      Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

  static Phrase of(String key, Object... arguments) {
    return new Phrase(key, Arrays.stream(arguments).map(String::valueOf).toList());
  }

  /** A number, perhaps with its unit, as it is written in that language. */
  private static String number(String said, Locale language) {
    String[] parts = said.split(" ", 2);
    return NumberText.isNumber(parts[0])
        ? NumberText.of(NumberText.read(parts[0]), language) + said.substring(parts[0].length())
        : said;
  }

  String in(Locale language) {
    String text = ResourceBundle.getBundle("messages", language, ENGLISH_ELSE).getString(key);
    return arguments.isEmpty()
        ? text
        : new MessageFormat(text, language)
            .format(arguments.stream().map(said -> number(said, language)).toArray());
  }
}
