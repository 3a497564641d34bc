package org.carepathway.security;

import java.util.Set;
import org.carepathway.fhir.Sender;
import org.carepathway.record.Agent;
import org.springframework.stereotype.Component;

/** On whose behalf who is signed in acts for a patient. */
@Component
public class OnBehalf {

  private final CurrentUser user;
  private final PatientTeams teams;

  OnBehalf(CurrentUser user, PatientTeams teams) {
    this.user = user;
    this.teams = teams;
  }

  /** Who sent a write: a feed, where one did, and else who is signed in. */
  public Agent agent(Sender sender, String patientId) {
    return sender.kind() == Sender.Kind.FEED
        ? new Agent(sender.name(), sender.name())
        : agent(patientId);
  }

  /**
   * Who is signed in, acting for that team of theirs that cares for the patient. For no team where
   * none of theirs does, as in an emergency, and where they belong to every team.
   */
  public Agent agent(String patientId) {
    Agent me = user.agent();
    Set<String> mine = user.identity().map(Identity::teams).orElse(Set.of());
    if (mine.isEmpty() || Teams.isEvery(mine)) {
      return me;
    }
    return teams.of(patientId).stream()
        .filter(team -> Teams.cover(mine, team))
        .sorted()
        .findFirst()
        .map(me::forTeam)
        .orElse(me);
  }
}
