package org.carepathway.worklist;

import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.Clock;
import java.util.OptionalInt;
import java.util.UUID;
import org.carepathway.pathway.Pathways;
import org.carepathway.record.Agent;
import org.carepathway.security.CurrentUser;
import org.carepathway.security.OnBehalf;
import org.carepathway.security.PatientScope;
import org.carepathway.worklist.TaskRefused.Why;
import org.springframework.stereotype.Component;

/**
 * Open items, locked until the transaction ends. The pathway is locked before the item, as every
 * step does it, so that two who wait never wait for each other.
 */
@Component
class OpenItems {

  private final WorkItems items;
  private final Pathways pathways;
  private final Absences absences;
  private final CurrentUser user;
  private final PatientScope scope;
  private final OnBehalf behalf;
  private final Clock clock;

  OpenItems(
      WorkItems items,
      Pathways pathways,
      Absences absences,
      CurrentUser user,
      PatientScope scope,
      OnBehalf behalf,
      Clock clock) {
    this.scope = scope;
    this.behalf = behalf;
    this.items = items;
    this.pathways = pathways;
    this.absences = absences;
    this.user = user;
    this.clock = clock;
  }

  /**
   * An item that who is signed in may work on.
   *
   * @param expectedVersion the version that the caller read; empty where it does not say
   * @throws ResourceNotFoundException (404)
   * @throws TaskRefused when it is for others (403), finished or taken by somebody else (409), or
   *     was changed meanwhile (412)
   */
  WorkItem forMe(UUID id, OptionalInt expectedVersion) {
    WorkItem item = lock(id);
    requireRole(item, false);
    requireOpen(item);
    if (item.owner() != null && !isMine(item)) {
      throw new TaskRefused(
          Why.TAKEN, item, item.standing().ownerName(), item.standing().last().at());
    }
    requireVersion(item, expectedVersion);
    return item;
  }

  /**
   * An item that who is signed in may hand out, snooze or comment on, whoever took it on: one of
   * their role, or any where the table {@code permissions.txt} lets them. Errors as for {@link
   * #forMe}.
   */
  WorkItem forTeam(UUID id, OptionalInt expectedVersion) {
    WorkItem item = lock(id);
    requireRole(item, user.mayAct("hand-out-any"));
    requireOpen(item);
    requireVersion(item, expectedVersion);
    return item;
  }

  /** An item whoever it is for and wherever it stands. */
  WorkItem lock(UUID id) {
    scope.show(items.find(id).orElseThrow(() -> unknown(id)).patientId());
    return lockUnseen(id);
  }

  /** As {@link #lock}, for who arranges the work and need not see the patient. */
  WorkItem lockUnseen(UUID id) {
    WorkItem found = items.find(id).orElseThrow(() -> unknown(id));
    pathways.open(found.pathwayId());
    return items.lock(id).orElseThrow(() -> unknown(id));
  }

  /** Who is signed in, acting on an item: for its absent owner, else for their team. */
  Agent actor(WorkItem item) {
    return item.owner() != null && standsInFor(item.owner())
        ? user.agent().standingInFor(item.owner(), item.standing().ownerName())
        : behalf.agent(item.patientId());
  }

  private boolean isMine(WorkItem item) {
    return item.owner().equals(user.agent().name()) || standsInFor(item.owner());
  }

  private boolean standsInFor(String owner) {
    String me = user.agent().name();
    return !owner.equals(me) && absences.absentNow(me, clock.instant()).contains(owner);
  }

  private void requireRole(WorkItem item, boolean anyRole) {
    boolean escalated =
        item.standing().escalation() != null && user.mayDo(item.standing().escalation().to());
    if (!anyRole && !escalated && !user.mayDo(item.role())) {
      throw new TaskRefused(Why.OTHER_ROLE, item, item.role());
    }
  }

  private static void requireOpen(WorkItem item) {
    if (!item.isOpen()) {
      throw new TaskRefused(
          Why.FINISHED,
          item,
          item.status().code(),
          item.standing().last().by(),
          item.standing().last().at());
    }
  }

  private static void requireVersion(WorkItem item, OptionalInt expected) {
    if (expected.isPresent() && expected.getAsInt() != item.version()) {
      throw new TaskRefused(
          Why.CHANGED, item, item.standing().last().by(), item.standing().last().at());
    }
  }

  static ResourceNotFoundException unknown(UUID id) {
    return PatientScope.nothingHere();
  }
}
