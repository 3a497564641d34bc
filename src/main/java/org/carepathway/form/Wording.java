package org.carepathway.form;

import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What an item says. Each may be null for none.
 *
 * @param help a longer explanation
 * @param placeholder example of the format (entryFormat)
 */
public record Wording(String label, String help, String placeholder) {

  /** The same in another language. */
  Wording in(UnaryOperator<String> words) {
    return new Wording(
        label == null ? null : words.apply(label),
        help == null ? null : help.lines().map(words).collect(Collectors.joining("\n")),
        placeholder == null ? null : words.apply(placeholder));
  }

  /** With what it is called when it says nothing. */
  Wording orCalled(String linkId) {
    return label == null ? new Wording(linkId, help, placeholder) : this;
  }
}
