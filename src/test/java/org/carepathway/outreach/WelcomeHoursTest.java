package org.carepathway.outreach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.clock.ServiceClock;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathways;
import org.carepathway.patientlink.WishedHours;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.security.ActAs;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** A patient who wants to hear from the hospital in the afternoon. */
class WelcomeHoursTest extends RunningService {

  @Autowired private Pathways pathways;
  @Autowired private Worklist worklist;
  @Autowired private ScenarioPlayer player;
  @Autowired private ServiceClock clock;
  @Autowired private MessageRows rows;
  @Autowired private Matters matters;
  @Autowired private WelcomeHours welcome;
  @Autowired private WishedHours wished;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private TransactionTemplate transaction;

  @Test
  void aMessageLeavesInTheAfternoonAndTheCallerSeesTheHours() throws Exception {
    FhirClient fhir = new FhirClient(port());
    String referral = fhir.refer(fhir.sendPatient("torp-carol.json")).getIdElement().getIdPart();
    UUID pathway = pathways.ofReferral(referral).orElseThrow().id();
    AskedPatient asked = new AskedPatient(pathway, player, worklist, clock, jdbc);
    asked.wanting(List.of("hours-15-18"));
    WorkItem contact = asked.travelTo("ContactAt2Weeks", List.of("sms"));
    asked.toTheMorning();
    if (!now().toLocalTime().isBefore(LocalTime.of(15, 0))) {
      clock.advance(Duration.between(now(), now().with(LocalTime.of(9, 5)).plusDays(1)));
    }
    String about = contact.id().toString();

    await().untilAsserted(() -> assertThat(rows.about(about)).hasSize(1));
    Message message = rows.about(about).get(0);
    LocalTime due = message.due().atZone(clock.getZone()).toLocalTime();
    assertThat(due).isBetween(LocalTime.of(15, 0), LocalTime.of(18, 0));
    assertThat(shown(fhir.populate("nurse", about))).containsExactly("15-18");

    Instant nine = now().plusDays(1).with(LocalTime.of(9, 0)).toInstant();
    Matter matter = matters.find(about).orElseThrow();
    transaction.executeWithoutResult(
        status -> {
          var open = pathways.open(pathway);
          assertThat(welcome.after(nine, ending(matter, nine, 24), open))
              .as("in the afternoon")
              .isEqualTo(nine.plus(Duration.ofHours(6)));
          assertThat(welcome.after(nine, ending(matter, nine, 17), open))
              .as("too late by then")
              .isEqualTo(nine);
          Instant night = nine.plus(Duration.ofHours(14));
          assertThat(welcome.after(night, ending(matter, night, 72), open))
              .as("on the next day")
              .isEqualTo(nine.plus(Duration.ofHours(30)));
        });

    ActAs.patient(
        matter.patientId(),
        () -> {
          wished.keep(pathway, Set.of("hours-09-12", "no-such-hours"));
          return null;
        });
    assertThat(shown(fhir.populate("nurse", about)))
        .as("changed by the link")
        .containsExactly("09-12");
    transaction.executeWithoutResult(
        status ->
            assertThat(welcome.after(nine, ending(matter, nine, 24), pathways.open(pathway)))
                .isEqualTo(nine));
    assertThat(
            pathways.view(pathway).orElseThrow().record().all().stream()
                .filter(QuestionnaireResponse.class::isInstance)
                .map(QuestionnaireResponse.class::cast)
                .filter(each -> each.getQuestionnaire().contains("/contact-hours|"))
                .map(each -> each.getAuthor().getReference()))
        .as("once, by the patient")
        .containsExactly("Patient/" + matter.patientId());
  }

  private static Matter ending(Matter matter, Instant from, int hours) {
    return new Matter(
        matter.about(),
        matter.purpose(),
        matter.pathwayId(),
        matter.patientId(),
        matter.element(),
        matter.opened(),
        from.plus(Duration.ofHours(hours)),
        matter.rung(),
        matter.next(),
        matter.state(),
        matter.failures(),
        matter.locked());
  }

  private static List<String> shown(QuestionnaireResponse answers) {
    return answers.getItem().stream()
        .flatMap(group -> group.getItem().stream())
        .filter(item -> item.getLinkId().equals("contact-hours-shown"))
        .map(item -> item.getAnswerFirstRep().getValue().primitiveValue())
        .toList();
  }

  private ZonedDateTime now() {
    return ZonedDateTime.now(clock);
  }
}
