package org.carepathway.worklist;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.carepathway.record.Agent;
import org.carepathway.security.Colleague;
import org.carepathway.worklist.Standing.Snooze;
import org.carepathway.worklist.TaskRefused.Why;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a team does with its open items besides doing them. Errors as for {@link Worklist#claim},
 * and (422) for what does not fit; a coordinator may handle the items of every role.
 */
@Component
public class Handling {

  /** Nothing may be out of sight for longer. */
  static final Duration LONGEST_SNOOZE = Duration.ofDays(90);

  private final OpenItems open;
  private final Changes changes;
  private final Clock clock;

  Handling(OpenItems open, Changes changes, Clock clock) {
    this.open = open;
    this.changes = changes;
    this.clock = clock;
  }

  /** Why who is signed in cannot do any of this with an item; empty where they can. */
  public Optional<Why> whyNot(WorkItem item) {
    return open.whyNotTeams(item);
  }

  /** Codes of the roles of those that an item can be handed to. */
  public Set<String> roles(WorkItem item) {
    Set<String> roles = new LinkedHashSet<>(List.of(item.role()));
    if (item.standing().escalation() != null) {
      roles.add(item.standing().escalation().to());
    }
    return roles;
  }

  /** Hands an item to a colleague who has its role, or the one that it was escalated to. */
  @Transactional
  public WorkItem assign(UUID id, Colleague to, OptionalInt expectedVersion) {
    WorkItem item = open.forTeam(id, expectedVersion);
    if (Collections.disjoint(to.roles(), roles(item))) {
      throw new TaskRefused(Why.NOT_THEIR_ROLE, item, item.role(), to.display());
    }
    Agent me = open.actor(item);
    return to.name().equals(item.owner())
        ? item
        : changes.keep(
            item,
            item.standing().assigned(new Agent(to.name(), to.display()), me, clock.instant()),
            me,
            null);
  }

  /**
   * Leaves an item out of the lists for a while; it comes back before that when it gets overdue.
   */
  @Transactional
  public WorkItem snooze(UUID id, Instant until, String reason, OptionalInt expectedVersion) {
    WorkItem item = open.forTeam(id, expectedVersion);
    Instant now = clock.instant();
    if (reason.isBlank()) {
      throw new TaskRefused(Why.NO_REASON, item);
    }
    if (!until.isAfter(now) || until.isAfter(now.plus(LONGEST_SNOOZE))) {
      throw new TaskRefused(Why.NOT_LATER, item, LONGEST_SNOOZE.toDays());
    }
    Agent me = open.actor(item);
    return changes.keep(
        item, item.standing().snoozed(new Snooze(until, reason.strip()), me, now), me, null);
  }

  /** Puts a snoozed item back into the lists. */
  @Transactional
  public WorkItem wake(UUID id, OptionalInt expectedVersion) {
    WorkItem item = open.forTeam(id, expectedVersion);
    Agent me = open.actor(item);
    return item.standing().snooze() == null
        ? item
        : changes.keep(item, item.standing().snoozed(null, me, clock.instant()), me, null);
  }

  /** Adds a comment, which everybody with access to the task reads. */
  @Transactional
  public WorkItem comment(UUID id, String text, OptionalInt expectedVersion) {
    WorkItem item = open.forTeam(id, expectedVersion);
    if (text.isBlank()) {
      throw new TaskRefused(Why.NO_REASON, item);
    }
    Agent me = open.actor(item);
    return changes.keep(item, item.standing().commented(me, clock.instant()), me, text.strip());
  }
}
