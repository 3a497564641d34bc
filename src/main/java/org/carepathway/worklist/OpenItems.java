package org.carepathway.worklist;

import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.Clock;
import java.util.Optional;
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
 * The one place that says who may work on an item. Pages ask it beforehand, what changes an item
 * asks it with the item locked until the transaction ends. The pathway is locked before the item,
 * as every step does it, so that two who wait never wait for each other.
 */
@Component
public class OpenItems {

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
    this.items = items;
    this.pathways = pathways;
    this.absences = absences;
    this.user = user;
    this.scope = scope;
    this.behalf = behalf;
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
  public WorkItem forMe(UUID id, OptionalInt expectedVersion) {
    WorkItem item = lock(id);
    refuse(whyNotMine(item), item);
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
    refuse(whyNotTeams(item), item);
    requireVersion(item, expectedVersion);
    return item;
  }

  /** Why who is signed in cannot work on an item as it stands; empty where they can. */
  Optional<Why> whyNotMine(WorkItem item) {
    Optional<Why> why = whyNot(item, false);
    boolean taken = item.owner() != null && !user.isPatient(item.patientId()) && !isMine(item);
    return why.isEmpty() && taken ? Optional.of(Why.TAKEN) : why;
  }

  /** Why they cannot hand it out, snooze it or comment on it; empty where they can. */
  Optional<Why> whyNotTeams(WorkItem item) {
    return whyNot(item, user.mayAct("hand-out-any"));
  }

  /** An item whoever it is for and wherever it stands. */
  public WorkItem lock(UUID id) {
    WorkItem found = items.find(id).orElseThrow(() -> unknown(id));
    scope.show(found.patientId());
    return locked(found);
  }

  /** As {@link #lock}, for who arranges the work and need not see the patient. */
  WorkItem lockUnseen(UUID id) {
    return locked(items.find(id).orElseThrow(() -> unknown(id)));
  }

  private WorkItem locked(WorkItem found) {
    pathways.open(found.pathwayId());
    return items.lock(found.id()).orElseThrow(() -> unknown(found.id()));
  }

  /** Who is signed in, acting on an item: for its absent owner, else for their team. */
  public Agent actor(WorkItem item) {
    return item.owner() != null && !user.isPatient(item.patientId()) && standsInFor(item.owner())
        ? user.agent().standingInFor(item.owner(), item.standing().ownerName())
        : behalf.agent(item.patientId());
  }

  private boolean isMine(WorkItem item) {
    return item.owner().equals(user.agent().name()) || standsInFor(item.owner());
  }

  /** Whether who is signed in stands in for a colleague now. */
  boolean standsInFor(String owner) {
    String me = user.agent().name();
    return !owner.equals(me) && absences.absentNow(me, clock.instant()).contains(owner);
  }

  private Optional<Why> whyNot(WorkItem item, boolean anyRole) {
    if (!item.isOpen()) {
      return Optional.of(Why.FINISHED);
    }
    boolean escalated =
        item.standing().escalation() != null && user.mayDo(item.standing().escalation().to());
    return anyRole || escalated || user.mayDo(item.role()) || user.isPatient(item.patientId())
        ? Optional.empty()
        : Optional.of(Why.OTHER_ROLE);
  }

  private static void refuse(Optional<Why> why, WorkItem item) {
    Standing standing = item.standing();
    Standing.Event last = standing.last();
    why.ifPresent(
        reason -> {
          throw switch (reason) {
            case OTHER_ROLE -> new TaskRefused(reason, item, item.role());
            case TAKEN -> new TaskRefused(reason, item, standing.ownerName(), last.at());
            default -> new TaskRefused(reason, item, item.status().code(), last.by(), last.at());
          };
        });
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
