package org.carepathway.outbox;

import java.time.Instant;
import java.util.UUID;

/**
 * An entry as people look at it.
 *
 * @param text to enter by hand; null where nobody has to
 * @param owner role that enters it
 */
public record OutboxLine(
    long number,
    String site,
    String patient,
    UUID pathway,
    String kind,
    String subject,
    String content,
    Instant writtenAt,
    Standing standing,
    int attempts,
    Instant dueAt,
    Instant finishedAt,
    Rung rung,
    String said,
    SendFault fault,
    String text,
    String owner,
    Instant enterBy,
    String enteredBy,
    int replays,
    String replayedBy,
    String asideBy,
    String asideWhy) {

  public boolean isReplayable() {
    return standing == Standing.DEAD || standing == Standing.HAND || standing == Standing.ASIDE;
  }

  /** Whether a person has to see to it. */
  public boolean waitsForSomebody() {
    return standing == Standing.DEAD || standing == Standing.HAND;
  }
}
