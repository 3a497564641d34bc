package org.carepathway.operations;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.carepathway.inbox.State;

/**
 * Which messages somebody wants to see, as the address of the page says it. It never names a
 * patient.
 *
 * @param state a state's code, {@link #ATTENTION} or {@link #ALL}
 * @param source null for all
 * @param before only what came before this number; null for the newest
 */
record MessagesAsked(String state, String source, Long before) {

  /** What waits for a person: asked and dead. */
  static final String ATTENTION = "attention";

  static final String ALL = "all";

  MessagesAsked {
    state = choices().contains(state) ? state : ATTENTION;
    source = source == null || source.isBlank() ? null : plain(source);
    before = before == null || before < 1 ? null : before;
  }

  /** What somebody typed, without what a database cannot look for. */
  static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}", "").strip();
  }

  static List<String> choices() {
    return Stream.concat(
            Stream.of(ATTENTION), Stream.concat(states().map(State::code), Stream.of(ALL)))
        .toList();
  }

  Set<State> wanted() {
    return switch (state) {
      case ATTENTION -> EnumSet.of(State.ASKED, State.DEAD);
      case ALL -> EnumSet.allOf(State.class);
      default -> EnumSet.of(State.of(state));
    };
  }

  long newestBefore() {
    return before == null ? Long.MAX_VALUE : before;
  }

  private static Stream<State> states() {
    return Stream.of(State.values());
  }
}
