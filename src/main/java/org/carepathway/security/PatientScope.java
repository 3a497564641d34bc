package org.carepathway.security;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.carepathway.security.Permissions.Kind;
import org.springframework.stereotype.Component;

/**
 * Whose patients who is signed in sees: those of their teams, and those whose record they opened in
 * an emergency. What the service does by itself sees all.
 */
@Component
public class PatientScope {

  private final CurrentUser user;
  private final Permissions permissions;
  private final PatientTeams teams;
  private final BreakGlass breakGlass;
  private final SeenPatients seen;
  private final AccessSettings settings;

  PatientScope(
      CurrentUser user,
      Permissions permissions,
      PatientTeams teams,
      BreakGlass breakGlass,
      SeenPatients seen,
      AccessSettings settings) {
    this.user = user;
    this.permissions = permissions;
    this.teams = teams;
    this.breakGlass = breakGlass;
    this.seen = seen;
    this.settings = settings;
  }

  /**
   * Where a patient is shown to who is signed in: keeps it for the audit.
   *
   * @throws ResourceNotFoundException (404) when the patient is not theirs to see; whether there is
   *     such a patient is not told
   */
  public void show(String patientId) {
    if (!isVisible(patientId)) {
      seen.refused(patientId);
      throw nothingHere();
    }
    seen.add(patientId);
  }

  /** The same answer for what is not there and for what is out of sight. */
  public static ResourceNotFoundException nothingHere() {
    return new ResourceNotFoundException("There is nothing here under this address.");
  }

  public boolean isVisible(String patientId) {
    Optional<Identity> me = user.identity();
    if (me.isEmpty()) {
      return true;
    }
    String asked = me.get().name() + '\n' + patientId;
    if (seen.isInSight(asked)) {
      return true;
    }
    boolean visible = isVisible(patientId, me.get());
    if (visible) {
      seen.inSight(asked);
    }
    return visible;
  }

  private boolean isVisible(String patientId, Identity person) {
    if (user.isPatient(patientId)) {
      return true;
    }
    if (!permissions.allow(user.roles(), Action.READ, Kind.RESOURCE, "Patient")) {
      return false;
    }
    if (Teams.isEvery(person.teams())
        || teams.of(patientId).stream().anyMatch(team -> Teams.cover(person.teams(), team))) {
      return true;
    }
    boolean opened = breakGlass.isOpen(person.name(), patientId);
    if (opened) {
      seen.emergency(patientId);
    }
    return opened;
  }

  /**
   * The patients that a search is narrowed to; empty when it need not be.
   *
   * @throws ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException (403) when they are more
   *     than a search can name
   */
  Optional<Set<String>> visible() {
    Identity person = user.identity().orElse(null);
    if (person == null || Teams.isEvery(person.teams())) {
      return Optional.empty();
    }
    int limit = settings.largestTeam();
    List<String> found = teams.patients(person.teams(), limit + 1);
    if (found.size() > limit) {
      throw new ForbiddenOperationException(
          "Your teams have more than %d patients: name a patient in the search.".formatted(limit));
    }
    Set<String> patients = new HashSet<>(found);
    patients.addAll(breakGlass.open(person.name()));
    return Optional.of(patients);
  }

  /** The patients that a list of ours may show; those opened in an emergency are not listed. */
  public ListedPatients listed() {
    Optional<Identity> me = user.identity();
    if (me.isEmpty()) {
      return ListedPatients.ALL;
    }
    if (!permissions.allow(user.roles(), Action.READ, Kind.RESOURCE, "Patient")) {
      return new ListedPatients(List.of());
    }
    return Teams.isEvery(me.get().teams())
        ? ListedPatients.ALL
        : new ListedPatients(me.get().teams());
  }

  /** Keeps for the audit that a list shows a patient. */
  public void listed(String patientId) {
    seen.add(patientId);
  }

  /** Keeps for the audit that a patient was asked for who is out of sight. */
  void refused(String patientId) {
    seen.refused(patientId);
  }

  /**
   * The teams of who is signed in, in the order of the alphabet; empty for who is of every team.
   */
  public SortedSet<String> ownTeams() {
    return user.identity().map(Identity::teams).filter(mine -> !Teams.isEvery(mine)).stream()
        .flatMap(Set::stream)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  boolean seesEveryPatient() {
    return user.identity().map(me -> Teams.isEvery(me.teams())).orElse(true);
  }

  /** Whether nobody has sent this patient in before. */
  boolean isNew(String patientId) {
    return teams.of(patientId).isEmpty();
  }

  /**
   * Adds a patient to the teams of who is signed in: they have sent the patient in. One that a
   * member of every team has sent in is nobody's until a referral comes.
   */
  void sentIn(String patientId) {
    teams.add(patientId, Teams.NONE);
    user.identity().stream()
        .flatMap(me -> me.teams().stream())
        .filter(team -> !team.equals(Teams.EVERY))
        .forEach(team -> teams.add(patientId, team));
  }

  /**
   * Adds a patient to the teams that a referral asks.
   *
   * @param asked {@code site/team}; where it names none the patient is added to {@code
   *     carepathway.access.default-team}
   */
  public void referred(String patientId, Collection<String> asked) {
    if (asked.isEmpty()) {
      teams.add(patientId, settings.defaultTeam());
    }
    asked.forEach(team -> teams.add(patientId, team));
  }

  /** Who saw the one patient sees the other one, as both are the same person. */
  public void merged(String former, String patientId) {
    teams.of(former).forEach(team -> teams.add(patientId, team));
  }
}
