package org.carepathway.book;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.carepathway.book.Book.Value;
import org.carepathway.content.PolicyValue;

/** A value that a hospital may set, in words, with its bounds. */
final class PolicyWords {

  private final Amounts amounts;
  private final Language language;

  PolicyWords(Amounts amounts, Language language) {
    this.amounts = amounts;
    this.language = language;
  }

  Value value(PolicyValue value) {
    List<String> bounds = new ArrayList<>();
    if (value.min() != null && value.max() != null) {
      bounds.add(
          language.say(
              "book.from-to",
              amounts.of(value.min(), value.unit()),
              amounts.of(value.max(), value.unit())));
    }
    if (value.oneOf() != null && !value.oneOf().isEmpty()) {
      bounds.add(
          language.say(
              "book.one-of",
              value.oneOf().stream()
                  .map(one -> amounts.of(one, value.unit()))
                  .collect(Collectors.joining(", "))));
    }
    if (value.atMost() != null) {
      bounds.add(language.say("book.at-most", value.atMost()));
    }
    return new Value(
        value,
        language.of(value.meaning()),
        amounts.of(value),
        amounts.of(value.delivered(), value.unit()),
        String.join(", ", bounds));
  }
}
