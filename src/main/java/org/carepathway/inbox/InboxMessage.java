package org.carepathway.inbox;

import java.time.Instant;
import java.util.List;

/**
 * A message in the inbox.
 *
 * @param number in the order of arrival
 * @param accepted false where the sender was told that it is refused
 * @param attempts how often it was tried in vain
 * @param said what it did, or why it did not; null before
 * @param patients ids of the Patients that it concerns, once known
 * @param times how often the sender has sent it
 * @param replays how often a person had it handled again
 */
public record InboxMessage(
    long number,
    Received received,
    Instant receivedAt,
    boolean accepted,
    State state,
    int attempts,
    Instant finishedAt,
    String said,
    List<String> patients,
    int times,
    int replays) {

  /**
   * When it was so: as the source says, else when it came. Nothing was so after it came: a clock
   * that goes ahead would make all that follows older.
   */
  public Instant saidAt() {
    Instant said = received.saidAt();
    return said == null || said.isAfter(receivedAt) ? receivedAt : said;
  }
}
