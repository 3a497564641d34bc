package org.carepathway.worklist;

import java.time.Clock;
import java.util.UUID;
import org.carepathway.clock.Watch;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.pathway.Urgencies;
import org.carepathway.record.Agent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets open tasks rise in priority on the dates on which the pathway says that its patients become
 * more urgent while they wait ({@link Urgencies}). A priority never falls.
 */
@Component
public class Hastening implements Watch {

  private static final Logger LOG = LoggerFactory.getLogger(Hastening.class);
  private static final int BATCH = 100;

  private final WorkItems items;
  private final OpenItems open;
  private final Changes changes;
  private final Pathways pathways;
  private final Urgencies urgencies;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Hastening(
      WorkItems items,
      OpenItems open,
      Changes changes,
      Pathways pathways,
      Urgencies urgencies,
      TransactionTemplate transaction,
      Clock clock) {
    this.items = items;
    this.open = open;
    this.changes = changes;
    this.pathways = pathways;
    this.urgencies = urgencies;
    this.transaction = transaction;
    this.clock = clock;
  }

  @Override
  public void look() {
    run();
  }

  /**
   * Looks at each task whose day has come. One that fails holds up no other; it is tried again next
   * time.
   *
   * @return how many rose
   */
  public int run() {
    int risen = 0;
    for (UUID id : items.toHasten(clock.instant(), BATCH)) {
      try {
        risen += Boolean.TRUE.equals(transaction.execute(status -> hasten(id))) ? 1 : 0;
      } catch (ConcurrencyFailureException busy) {
        LOG.info("task {} is being changed; its priority is looked at later", id);
      } catch (RuntimeException fault) {
        LOG.error("the priority of task {} could not be looked at", id, fault);
      }
    }
    return risen;
  }

  private boolean hasten(UUID id) {
    WorkItem item = open.lock(id);
    OpenPathway pathway = pathways.open(item.pathwayId());
    items.hasten(id, urgencies.next(pathway));
    int urgency = urgencies.now(pathway);
    if (!item.isOpen() || urgency <= item.priority()) {
      return false;
    }
    changes.keep(
        item,
        item.standing().hastened(urgency, clock.instant()),
        Agent.SERVICE,
        "More urgent now: the patient has waited long.");
    return true;
  }
}
