package org.carepathway.entry;

import java.util.Arrays;
import java.util.List;

/**
 * What is wrong with a referral that was typed in.
 *
 * @param field as the page names it
 * @param message key of what to do
 */
public record EntryFault(String field, String message, List<Object> arguments) {

  static EntryFault of(String field, String message, Object... arguments) {
    return new EntryFault(field, message, Arrays.asList(arguments));
  }
}
