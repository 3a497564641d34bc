package org.carepathway.worklist;

import java.time.Clock;
import java.util.UUID;
import org.carepathway.clock.OneByOne;
import org.carepathway.clock.Watch;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.pathway.Urgencies;
import org.carepathway.record.Agent;
import org.springframework.stereotype.Component;

/**
 * Lets open tasks rise in priority on the dates on which the pathway says that its patients become
 * more urgent while they wait ({@link Urgencies}). A priority never falls.
 */
@Component
public class Hastening implements Watch {

  private static final int BATCH = 100;

  private final Deadlines deadlines;
  private final OpenItems open;
  private final Changes changes;
  private final Pathways pathways;
  private final Urgencies urgencies;
  private final OneByOne oneByOne;
  private final Clock clock;

  Hastening(
      Deadlines deadlines,
      OpenItems open,
      Changes changes,
      Pathways pathways,
      Urgencies urgencies,
      OneByOne oneByOne,
      Clock clock) {
    this.deadlines = deadlines;
    this.open = open;
    this.changes = changes;
    this.pathways = pathways;
    this.urgencies = urgencies;
    this.oneByOne = oneByOne;
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
    return oneByOne.run(
        "look at the priority of task", deadlines.toHasten(clock.instant(), BATCH), this::hasten);
  }

  /**
   * Looks at one task, in the caller's transaction.
   *
   * @return whether it rose
   */
  public boolean hasten(UUID id) {
    WorkItem item = open.lock(id);
    OpenPathway pathway = pathways.open(item.pathwayId());
    deadlines.hasten(id, urgencies.next(pathway));
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
