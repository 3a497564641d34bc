package org.carepathway.book;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.carepathway.form.FormItem;
import org.carepathway.form.Limits;

/** What an answer must keep to, in words. */
record LimitWords(Amounts amounts, Language language) {

  List<String> of(FormItem item) {
    Limits limits = item.limits();
    List<String> words = new ArrayList<>();
    if (!item.units().isEmpty()) {
      words.add(
          item.units().stream()
              .map(amounts::unit)
              .filter(unit -> !unit.isEmpty())
              .collect(Collectors.joining(language.say("book.or"))));
    }
    if (limits.min() != null && limits.max() != null) {
      words.add(language.say("book.from-to", amounts.of(limits.min()), amounts.of(limits.max())));
    } else if (limits.min() != null) {
      words.add(language.say("book.at-least", amounts.of(limits.min())));
    } else if (limits.max() != null) {
      words.add(language.say("book.at-most", amounts.of(limits.max())));
    }
    add(words, "book.decimals", limits.maxDecimalPlaces());
    add(words, "book.least-times", limits.minOccurs());
    add(words, "book.most-times", limits.maxOccurs());
    add(words, "book.letters", limits.maxLength());
    if (limits.files() != null) {
      words.add(
          language.say(
              "book.file",
              amounts.number(limits.files().megabytes()),
              limits.files().types().stream()
                  .map(type -> type.substring(type.indexOf('/') + 1))
                  .collect(Collectors.joining(", "))));
    }
    words.remove("");
    return List.copyOf(words);
  }

  private void add(List<String> words, String key, Integer number) {
    if (number != null) {
      words.add(language.say(key, number));
    }
  }
}
