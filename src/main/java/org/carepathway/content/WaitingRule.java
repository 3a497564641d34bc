package org.carepathway.content;

import java.util.List;
import java.util.Map;

/**
 * What lets the clock of a patient's wait start, pause or stop.
 *
 * @param name of the rule
 * @param each FHIRPath: the rule is asked of each of these, {@code %each}; null where it is asked
 *     once
 * @param at FHIRPath: when it happened; empty where it has not
 * @param until FHIRPath, of a pause: when that is over; empty while it lasts; null for other rules
 * @param text what has happened, by language
 * @param source what says so, in words
 * @param evidence E1 where the source says it, LOCAL where it is our own default
 */
public record WaitingRule(
    String name,
    Effect effect,
    String each,
    String at,
    String until,
    Map<String, String> text,
    String source,
    String evidence) {

  static final List<String> EVIDENCE = List.of("E1", "E2", "MEM", "LOCAL");

  /** What a rule does to the clock. */
  public enum Effect {
    /** A clock begins at zero, unless one is running. */
    START("start"),
    /** The days do not count until it is over. */
    PAUSE("pause"),
    /** The wait is over. */
    STOP("stop"),
    /** Nothing: it is said, since one might think otherwise. */
    GOES_ON("goes-on");

    private final String code;

    Effect(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }

    static Effect ofCode(String code) {
      for (Effect effect : values()) {
        if (effect.code.equals(code)) {
          return effect;
        }
      }
      throw new IllegalArgumentException(
          "'%s' is none of start, pause, stop, goes-on".formatted(code));
    }
  }

  /** The text in a language; English where it is not there. */
  public String text(String language) {
    return text.getOrDefault(language, text.get("en"));
  }
}
