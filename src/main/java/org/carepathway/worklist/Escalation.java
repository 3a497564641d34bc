package org.carepathway.worklist;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.carepathway.clock.Watch;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.record.Agent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes what is overdue for too long the business of a second role: once for each task, however
 * many replicas look at it, since the row is locked and looked at again.
 */
@Component
public class Escalation implements Watch {

  private static final Logger LOG = LoggerFactory.getLogger(Escalation.class);
  private static final int BATCH = 100;

  private final WorkItems items;
  private final OpenItems open;
  private final Changes changes;
  private final Pathways pathways;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Escalation(
      WorkItems items,
      OpenItems open,
      Changes changes,
      Pathways pathways,
      TransactionTemplate transaction,
      Clock clock) {
    this.items = items;
    this.open = open;
    this.changes = changes;
    this.pathways = pathways;
    this.transaction = transaction;
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
    int escalated = 0;
    List<UUID> due = items.toEscalate(clock.instant(), BATCH);
    for (UUID id : due) {
      try {
        escalated += Boolean.TRUE.equals(transaction.execute(status -> escalate(id))) ? 1 : 0;
      } catch (ConcurrencyFailureException busy) {
        LOG.info("task {} is being changed; it is escalated later", id);
      } catch (RuntimeException fault) {
        LOG.error("task {} could not be escalated", id, fault);
      }
    }
    return escalated;
  }

  private boolean escalate(UUID id) {
    WorkItem item = open.lock(id);
    if (!item.isOpen() || item.standing().escalation() != null) {
      return false;
    }
    OpenPathway pathway = pathways.open(item.pathwayId());
    String to = EscalationPolicy.of(pathway).orElseThrow().to(item.role(), item.priority());
    long hours = Duration.between(item.dueAt(), clock.instant()).toHours();
    changes.keep(
        item,
        item.standing().escalated(to, clock.instant()),
        Agent.SERVICE,
        "Escalated to %s: overdue by %d h.".formatted(to, hours));
    return true;
  }
}
