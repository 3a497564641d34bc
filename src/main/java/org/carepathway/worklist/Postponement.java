package org.carepathway.worklist;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.carepathway.record.Agent;
import org.carepathway.worklist.Standing.Snooze;
import org.springframework.stereotype.Component;

/**
 * Leaves items out of the lists while somebody else may do them first, such as the patient, and
 * brings them back. What a person has taken on, or put aside, is left to that person.
 */
@Component
public class Postponement {

  private static final Duration SHORTEST = Duration.ofMinutes(1);

  private final OpenItems open;
  private final Changes changes;
  private final Clock clock;

  Postponement(OpenItems open, Changes changes, Clock clock) {
    this.open = open;
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * In the current transaction.
   *
   * @param until when it comes back by itself
   * @param reason in English, for who looks for it
   */
  public void leaveOut(UUID id, Instant until, String reason) {
    WorkItem item = open.lock(id);
    Instant now = clock.instant();
    Instant latest = now.plus(Handling.LONGEST_SNOOZE);
    Instant end = until.isBefore(latest) ? until : latest;
    if (item.isOpen() && item.owner() == null && isMine(item) && end.isAfter(now.plus(SHORTEST))) {
      changes.keep(
          item,
          item.standing().snoozed(new Snooze(end, reason), Agent.SERVICE, now),
          Agent.SERVICE,
          null);
    }
  }

  /**
   * In the current transaction.
   *
   * @param why in English, kept as a comment
   */
  public void bringBack(UUID id, String why) {
    WorkItem item = open.lock(id);
    if (item.isOpen() && item.standing().snooze() != null && isMine(item)) {
      changes.keep(
          item, item.standing().snoozed(null, Agent.SERVICE, clock.instant()), Agent.SERVICE, why);
    }
  }

  /** Nobody has put it aside, or the service itself has. */
  private static boolean isMine(WorkItem item) {
    return item.standing().snooze() == null
        || item.standing().last().by().equals(Agent.SERVICE.display());
  }
}
