package org.carepathway.worklist;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.carepathway.clock.OneByOne;
import org.carepathway.clock.Watch;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.record.Agent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Makes what is overdue for too long the business of a second role: once for each task, however
 * many replicas look at it, since the row is locked and looked at again.
 */
@Component
public class Escalation implements Watch {

  private static final int BATCH = 100;

  private final Deadlines deadlines;
  private final OpenItems open;
  private final Changes changes;
  private final Pathways pathways;
  private final OneByOne oneByOne;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Escalation(
      Deadlines deadlines,
      OpenItems open,
      Changes changes,
      Pathways pathways,
      OneByOne oneByOne,
      ApplicationEventPublisher events,
      Clock clock) {
    this.deadlines = deadlines;
    this.open = open;
    this.changes = changes;
    this.pathways = pathways;
    this.oneByOne = oneByOne;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public void look() {
    run();
  }

  /**
   * Escalates what has to be by now. A task that cannot be escalated holds up no other; it is tried
   * again next time.
   *
   * @return how many were
   */
  public int run() {
    return oneByOne.run(
        "escalate task", deadlines.toEscalate(clock.instant(), BATCH), this::escalate);
  }

  private boolean escalate(UUID id) {
    WorkItem item = open.lock(id);
    if (!item.isOpen() || item.standing().escalation() != null) {
      return false;
    }
    OpenPathway pathway = pathways.open(item.pathwayId());
    String to = EscalationPolicy.of(pathway).orElseThrow().to(item.role(), item.priority());
    long hours = Duration.between(item.dueAt(), clock.instant()).toHours();
    WorkItem escalated =
        changes.keep(
            item,
            item.standing().escalated(to, clock.instant()),
            Agent.SERVICE,
            "Escalated to %s: overdue by %d h.".formatted(to, hours));
    events.publishEvent(new ItemEscalated(escalated, to));
    return true;
  }
}
