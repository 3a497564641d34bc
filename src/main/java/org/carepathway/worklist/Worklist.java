package org.carepathway.worklist;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Predicate;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.record.Agent;
import org.carepathway.record.Records;
import org.carepathway.record.Trigger;
import org.carepathway.security.CurrentUser;
import org.carepathway.security.PatientScope;
import org.carepathway.security.Role;
import org.hl7.fhir.r4.model.Task;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What people have to do: finding it, taking it on, giving it back. */
@Component
public class Worklist {

  private final WorkItems items;
  private final Pathways pathways;
  private final Records records;
  private final CurrentUser user;
  private final PatientScope scope;
  private final Clock clock;

  Worklist(
      WorkItems items,
      Pathways pathways,
      Records records,
      CurrentUser user,
      PatientScope scope,
      Clock clock) {
    this.scope = scope;
    this.items = items;
    this.pathways = pathways;
    this.records = records;
    this.user = user;
    this.clock = clock;
  }

  /** Open items that who is signed in may do, the most urgent first. */
  public List<WorkItem> mine(int limit) {
    return shown(items.open(roles(user::mayDo), scope.listed(), limit));
  }

  /** Open items of all roles, of patients in sight, the most urgent first. */
  public List<WorkItem> all(int limit) {
    return shown(items.open(roles(role -> true), scope.listed(), limit));
  }

  /** Every item of a pathway, the oldest first. */
  public List<WorkItem> ofPathway(UUID pathwayId) {
    return items.ofPathway(pathwayId);
  }

  /**
   * @throws ResourceNotFoundException (404)
   */
  public WorkItem find(UUID id) {
    WorkItem item = items.find(id).orElseThrow(() -> unknown(id));
    scope.show(item.patientId());
    return item;
  }

  /**
   * Takes an item on.
   *
   * @param expectedVersion the Task version that the caller read; empty where it does not say
   * @throws ForbiddenOperationException (403) when the caller has not the item's role
   * @throws ResourceVersionConflictException (409) when it is finished or somebody else's
   * @throws PreconditionFailedException (412) when it was changed meanwhile
   */
  @Transactional
  public WorkItem claim(UUID id, OptionalInt expectedVersion) {
    WorkItem item = lockForMe(id, expectedVersion);
    return item.owner() != null ? item : change(item, item.claimedBy(user.agent().name()), "claim");
  }

  /** Gives an item back to its role; errors as for {@link #claim}. */
  @Transactional
  public WorkItem release(UUID id, OptionalInt expectedVersion) {
    WorkItem item = lockForMe(id, expectedVersion);
    return item.owner() == null ? item : change(item, item.released(), "release");
  }

  /** Locks an open item that who is signed in may work on; errors as for {@link #claim}. */
  WorkItem lockForMe(UUID id, OptionalInt expectedVersion) {
    WorkItem item = items.lock(id).orElseThrow(() -> unknown(id));
    scope.show(item.patientId());
    Agent me = user.agent();
    if (!user.mayDo(item.role())) {
      throw new ForbiddenOperationException(
          "'%s' is for the role %s, which you do not have.".formatted(item.title(), item.role()));
    }
    if (!item.isOpen()) {
      throw new ResourceVersionConflictException(
          "'%s' is %s already; nothing was changed.".formatted(item.title(), item.status().code()));
    }
    if (item.owner() != null && !item.owner().equals(me.name())) {
      throw new ResourceVersionConflictException(
          "'%s' was taken on by %s; ask them to release it.".formatted(item.title(), item.owner()));
    }
    expectedVersion.ifPresent(
        expected -> {
          if (expected != item.version()) {
            throw new PreconditionFailedException(
                "'%s' is at version %d, not %d: read it again."
                    .formatted(item.title(), item.version(), expected));
          }
        });
    return item;
  }

  private WorkItem change(WorkItem before, WorkItem after, String how) {
    Agent me = user.agent();
    records.triggeredBy(new Trigger("%s/%s/%d".formatted(before.id(), how, after.version()), me));
    OpenPathway open = pathways.open(after.pathwayId());
    items.update(after);
    Task task = open.record().get(Task.class, after.id().toString());
    open.record().write(after.element(), TaskFace.update(task, after, me, clock.instant()));
    return after;
  }

  private static List<String> roles(Predicate<String> wanted) {
    return Arrays.stream(Role.values()).map(Role::code).filter(wanted).toList();
  }

  private List<WorkItem> shown(List<WorkItem> listed) {
    listed.forEach(item -> scope.listed(item.patientId()));
    return listed;
  }

  private static ResourceNotFoundException unknown(UUID id) {
    return new ResourceNotFoundException("There is no task " + id + ".");
  }
}
