package org.carepathway.worklist;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.carepathway.record.Agent;
import org.carepathway.security.Colleague;
import org.carepathway.security.CurrentUser;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * While somebody is away, their substitute finds their tasks among their own and may do them. The
 * tasks stay theirs; the hand-over note is a comment of each.
 */
@Component
public class Substitution {

  private final Absences absences;
  private final WorkItems items;
  private final OpenItems open;
  private final Changes changes;
  private final CurrentUser user;
  private final Clock clock;

  Substitution(
      Absences absences,
      WorkItems items,
      OpenItems open,
      Changes changes,
      CurrentUser user,
      Clock clock) {
    this.absences = absences;
    this.items = items;
    this.open = open;
    this.changes = changes;
    this.user = user;
    this.clock = clock;
  }

  /** Whether who is signed in may enter the absence of a colleague. */
  public boolean mayForOthers() {
    return user.mayAct("absence-of-others");
  }

  /** Sign-in names of those whom who is signed in stands in for now. */
  public Set<String> standsInFor() {
    return absences.absentNow(user.agent().name(), clock.instant());
  }

  /** Until when those are away who are away now, by sign-in name. */
  public Map<String, Instant> away() {
    Instant now = clock.instant();
    return absences.notOver(now).stream()
        .filter(absence -> !absence.begin().isAfter(now))
        .collect(Collectors.toMap(Absence::absent, Absence::end, (a, b) -> a.isAfter(b) ? a : b));
  }

  /** Absences that are not over. */
  public List<Absence> current() {
    return absences.notOver(clock.instant());
  }

  /**
   * Enters an absence, of oneself or, where {@link #mayForOthers}, of a colleague.
   *
   * @return how many open tasks got the hand-over note
   * @throws ForbiddenOperationException (403) for a colleague's without that right
   * @throws UnprocessableEntityException (422) when times or people do not fit
   */
  @Transactional
  public int enter(
      Colleague absent, Colleague substitute, Instant begin, Instant end, String note) {
    Agent me = user.agent();
    requireMine(absent.name());
    if (!substitute.canStandInFor(absent)) {
      throw new UnprocessableEntityException(
          "%s may not do every task of %s. Choose a substitute with the same roles."
              .formatted(substitute.display(), absent.display()));
    }
    if (absent.name().equals(substitute.name())
        || !end.isAfter(begin)
        || !end.isAfter(clock.instant())
        || note.isBlank()) {
      throw new UnprocessableEntityException(
          "An absence needs a substitute, an end after its beginning, and a hand-over note.");
    }
    Absence absence =
        new Absence(
            UUID.randomUUID(),
            absent.name(),
            absent.display(),
            substitute.name(),
            substitute.display(),
            begin,
            end,
            note.strip());
    absences.add(absence, me.name());
    List<UUID> owned = items.ownedBy(absent.name());
    owned.forEach(id -> handOver(id, absence));
    return owned.size();
  }

  /** Ends an absence now; who may, as for {@link #enter}. */
  @Transactional
  public void end(UUID id) {
    current().stream()
        .filter(absence -> absence.id().equals(id))
        .findFirst()
        .ifPresent(
            absence -> {
              requireMine(absence.absent());
              absences.end(id, clock.instant());
            });
  }

  private void handOver(UUID id, Absence absence) {
    WorkItem item = open.lockUnseen(id);
    if (item.isOpen() && absence.absent().equals(item.owner())) {
      Agent me = open.actor(item);
      changes.keep(
          item,
          item.standing().commented(me, clock.instant()),
          me,
          "%s -> %s: %s".formatted(absence.absentName(), absence.substituteName(), absence.note()));
    }
  }

  private void requireMine(String name) {
    boolean allowed = name.equals(user.agent().name()) || mayForOthers();
    if (!allowed) {
      throw new ForbiddenOperationException("Your role may not enter the absence of others.");
    }
  }
}
