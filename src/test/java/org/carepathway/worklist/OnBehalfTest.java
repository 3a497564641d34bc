package org.carepathway.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.fhir.Conformance;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.HappyPath;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.security.ActAs;
import org.carepathway.security.Caller;
import org.carepathway.security.Colleague;
import org.carepathway.security.Colleagues;
import org.carepathway.security.Role;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceAgentComponent;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Provenance says on whose behalf somebody did a step. */
class OnBehalfTest extends RunningService {

  private static final String TEAM = "https://carepathway.org/fhir/team";
  private static final String USER = "https://carepathway.org/fhir/user";

  @Autowired private Substitution substitution;
  @Autowired private Colleagues colleagues;
  @Autowired private Conformance conformance;
  @Autowired private Clock clock;
  @Autowired private Pathways pathways;
  @Autowired private ScenarioPlayer player;

  private String task;

  @BeforeEach
  void aTaskForCoordinatorsOfTheSouth() throws Exception {
    FhirClient fhir = new FhirClient(port());
    ServiceRequest referral = FhirClient.referral(fhir.sendPatient("boehm-cassaundra.json"));
    referral.addPerformer().getIdentifier().setSystem(TEAM).setValue("south/spine");
    IdType id = (IdType) fhir.as("referrer").create().resource(referral).execute().getId();
    UUID pathway = pathways.ofReferral(id.getIdPart()).orElseThrow().id();
    player.play(pathway, HappyPath.referral());
    task = fhir.openTasks(id.getIdPart()).get(0).getIdElement().getIdPart();
  }

  @Test
  void aMemberOfTheTeamActsForTheTeam() throws Exception {
    claim("south");

    ProvenanceAgentComponent agent = newest().getAgentFirstRep();
    assertThat(agent.getWho().getIdentifier().getValue()).isEqualTo("south");
    assertThat(agent.getOnBehalfOf().getIdentifier().getSystem()).isEqualTo(TEAM);
    assertThat(agent.getOnBehalfOf().getIdentifier().getValue()).isEqualTo("south/spine");
  }

  @Test
  void whoBelongsToEveryTeamActsForNone() throws Exception {
    claim("coordinator");

    assertThat(newest().getAgent())
        .singleElement()
        .matches(agent -> !agent.hasOnBehalfOf(), "acts for nobody else");
  }

  @Test
  void aSubstituteActsForTheColleagueWhoIsAway() throws Exception {
    claim("coordinator");
    Colleague absent = colleagues.find("coordinator").orElseThrow();
    Colleague substitute = colleagues.find("south").orElseThrow();
    Instant now = clock.instant();
    ActAs.role(
        Role.ADMIN,
        "admin",
        "Ada Admin",
        () ->
            substitution.enter(
                absent,
                substitute,
                now.minusSeconds(60),
                now.plus(Duration.ofDays(1)),
                "At a congress"));
    try {
      claim("south");

      ProvenanceAgentComponent agent = newest().getAgentFirstRep();
      assertThat(agent.getWho().getIdentifier().getValue()).isEqualTo("south");
      assertThat(agent.getOnBehalfOf().getIdentifier().getSystem()).isEqualTo(USER);
      assertThat(agent.getOnBehalfOf().getIdentifier().getValue()).isEqualTo("coordinator");
      assertThat(agent.getOnBehalfOf().getDisplay()).isEqualTo("Clara Coordinator");
    } finally {
      ActAs.role(Role.ADMIN, "admin", "Ada Admin", this::endAbsences);
    }
  }

  private Void endAbsences() {
    substitution.current().stream()
        .filter(absence -> absence.note().equals("At a congress"))
        .forEach(absence -> substitution.end(absence.id()));
    return null;
  }

  private void claim(String user) throws Exception {
    var answer =
        new Caller(port(), user)
            .fhir("POST", "Task/" + task + "/$claim", "{\"resourceType\":\"Parameters\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** Of the task, valid against its profile. */
  private Provenance newest() throws Exception {
    String found =
        new Caller(port(), "coordinator")
            .fhir("Provenance?target=Task/" + task + "&_sort=-recorded&_count=1")
            .body();
    Provenance provenance =
        (Provenance)
            FhirContext.forR4Cached()
                .newJsonParser()
                .parseResource(Bundle.class, found)
                .getEntryFirstRep()
                .getResource();
    assertThat(conformance.validate(provenance).getMessages())
        .filteredOn(message -> message.getSeverity().ordinal() >= 2)
        .isEqualTo(List.of());
    return provenance;
  }
}
