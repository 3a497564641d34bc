package org.carepathway.book;

import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * The language of a reader.
 *
 * @param content a text of the content in that language; the same where there is none
 * @param own a text of our own, by key and arguments
 */
public record Language(
    Locale locale, UnaryOperator<String> content, BiFunction<String, Object[], String> own) {

  String of(String english) {
    return english == null || english.isBlank() ? "" : content.apply(english);
  }

  String say(String key, Object... arguments) {
    return own.apply(key, arguments);
  }
}
