package org.carepathway.content;

import java.time.Duration;
import java.util.List;

/**
 * When a referral stands where for who sent it.
 *
 * @param state such as {@code scheduled}
 * @param resource type of the resource that a step has written
 * @param when FHIRPath over it
 * @param reason FHIRPath over it: a code of why; null for none
 * @param by role that sees to the next state; null where none follows
 * @param within how long that may take; null where none follows
 */
public record LoopRow(
    String state, String resource, String when, String reason, String by, Duration within) {

  /** Every state there is; those that end a loop come last. */
  public static final List<String> STATES =
      List.of(
          "created",
          "more-information",
          "accepted",
          "scheduled",
          "no-show",
          "event-cancelled",
          "in-progress",
          "treated",
          "rejected",
          "cancelled",
          "completed");

  private static final List<String> ENDS = List.of("rejected", "cancelled", "completed");

  public boolean isEnd() {
    return ENDS.contains(state);
  }
}
