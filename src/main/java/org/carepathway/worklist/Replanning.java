package org.carepathway.worklist;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.carepathway.calendar.TimeLimit;
import org.carepathway.calendar.WorkingTime;
import org.carepathway.clock.OneByOne;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.record.Agent;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Works out again when open tasks are due and escalated, once the site's calendar has changed: at
 * the start, since settings may have, and when a closure was entered or taken back. Only limits
 * that ask the calendar move; what counts on the wall stays.
 */
@Component
public class Replanning {

  private final Deadlines deadlines;
  private final OpenItems open;
  private final Changes changes;
  private final Pathways pathways;
  private final WorkingTime time;
  private final OneByOne oneByOne;
  private final Clock clock;

  Replanning(
      Deadlines deadlines,
      OpenItems open,
      Changes changes,
      Pathways pathways,
      WorkingTime time,
      OneByOne oneByOne,
      Clock clock) {
    this.deadlines = deadlines;
    this.open = open;
    this.changes = changes;
    this.pathways = pathways;
    this.time = time;
    this.oneByOne = oneByOne;
    this.clock = clock;
  }

  /**
   * A task that is due at another time now.
   *
   * @param before when it was due
   * @param item with the new time
   */
  public record Moved(Instant before, WorkItem item) {}

  @EventListener(ApplicationReadyEvent.class)
  void atTheStart() {
    run();
  }

  /**
   * Call it after the commit of what changed the calendar. A task that cannot be moved holds up no
   * other.
   *
   * @return what moved, the task due first before the others
   */
  public List<Moved> run() {
    Map<UUID, String> limits = deadlines.onTheCalendar();
    List<Moved> moved = new ArrayList<>();
    oneByOne.run(
        "plan again task",
        List.copyOf(limits.keySet()),
        id -> replan(id, TimeLimit.parse(limits.get(id)), moved));
    return List.copyOf(moved);
  }

  private boolean replan(UUID id, TimeLimit limit, List<Moved> moved) {
    WorkItem item = open.lock(id);
    Instant due = time.after(item.createdAt(), limit);
    OpenPathway pathway = pathways.open(item.pathwayId());
    Instant escalate =
        EscalationPolicy.of(pathway)
            .flatMap(policy -> policy.at(item.priority(), Date.from(due), time::after))
            .orElse(null);
    if (!item.isOpen() || due.equals(item.dueAt())) {
      return false;
    }
    WorkItem changed = item.due(due, item.standing().escalation() == null ? escalate : null);
    deadlines.moveDue(changed);
    changes.keep(
        changed,
        changed.standing().replanned(clock.instant()),
        Agent.SERVICE,
        "The site's calendar has changed: due at another time.");
    moved.add(new Moved(item.dueAt(), changed));
    return true;
  }
}
