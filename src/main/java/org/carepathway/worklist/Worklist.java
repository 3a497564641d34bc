package org.carepathway.worklist;

import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.carepathway.record.Agent;
import org.carepathway.security.PatientScope;
import org.carepathway.worklist.TaskRefused.Why;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What people have to do: finding it, taking it on, giving it back. */
@Component
public class Worklist {

  private final WorkItems items;
  private final OpenItems open;
  private final Changes changes;
  private final PatientScope scope;
  private final Clock clock;

  Worklist(WorkItems items, OpenItems open, Changes changes, PatientScope scope, Clock clock) {
    this.items = items;
    this.open = open;
    this.changes = changes;
    this.scope = scope;
    this.clock = clock;
  }

  /** Every item of a pathway, the oldest first. */
  public List<WorkItem> ofPathway(UUID pathwayId) {
    return items.ofPathway(pathwayId);
  }

  /**
   * @throws ResourceNotFoundException (404)
   */
  public WorkItem find(UUID id) {
    WorkItem item = items.find(id).orElseThrow(() -> OpenItems.unknown(id));
    scope.show(item.patientId());
    return item;
  }

  /** Why who is signed in cannot work on an item as it stands; empty where they can. */
  public Optional<Why> whyNot(WorkItem item) {
    return open.whyNotMine(item);
  }

  /** Whether they can because its owner is away and they stand in. */
  public boolean standsIn(WorkItem item) {
    return item.owner() != null && open.standsInFor(item.owner());
  }

  /**
   * Takes an item on.
   *
   * @param expectedVersion the Task version that the caller read; empty where it does not say
   * @throws TaskRefused when it is for others (403), finished or somebody else's (409), or was
   *     changed meanwhile (412)
   */
  @Transactional
  public WorkItem claim(UUID id, OptionalInt expectedVersion) {
    WorkItem item = open.forMe(id, expectedVersion);
    Agent me = open.actor(item);
    return me.name().equals(item.owner())
        ? item
        : changes.keep(item, item.standing().claimed(me, clock.instant()), me, null);
  }

  /** Gives an item back to its role; errors as for {@link #claim}. */
  @Transactional
  public WorkItem release(UUID id, OptionalInt expectedVersion) {
    WorkItem item = open.forMe(id, expectedVersion);
    Agent me = open.actor(item);
    return item.owner() == null
        ? item
        : changes.keep(item, item.standing().released(me, clock.instant()), me, null);
  }
}
