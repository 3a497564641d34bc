package org.carepathway.outreach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.carepathway.RunningService;
import org.carepathway.clock.ServiceClock;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Three days down: the clock jumps, and nothing was looked at meanwhile. What was due is decided
 * once, by the written rule (docs/outreach.md, The ladder).
 */
class OutageTest extends RunningService {

  private static final Duration DOWN = Duration.ofDays(3);

  @Autowired private Pathways pathways;
  @Autowired private Worklist worklist;
  @Autowired private ScenarioPlayer player;
  @Autowired private ServiceClock clock;
  @Autowired private MessageRows rows;
  @Autowired private Matters matters;
  @Autowired private ContactLadder ladder;
  @Autowired private JdbcTemplate jdbc;

  private UUID pathway;
  private AskedPatient asked;

  private void refer(String file) throws Exception {
    FhirClient fhir = new FhirClient(port());
    String referral = fhir.refer(fhir.sendPatient(file)).getIdElement().getIdPart();
    pathway = pathways.ofReferral(referral).orElseThrow().id();
    asked = new AskedPatient(pathway, player, worklist, clock, jdbc);
  }

  /** The reminder was due when the outage began, and the window goes on. */
  @Test
  void aReminderIsNotMadeUpForAndAPersonCallsOnce() throws Exception {
    refer("klein-genevie.json");
    WorkItem contact = asked.travelTo("ContactAt2Weeks", List.of("sms", "mail"));
    asked.toTheMorning();
    String about = contact.id().toString();
    await()
        .untilAsserted(() -> assertThat(states(about)).containsExactly(MessageState.HANDED_OVER));
    assertThat(worklist.find(contact.id()).standing().snooze()).isNotNull();

    clock.advance(
        Duration.between(clock.instant(), matters.find(about).orElseThrow().next()).plus(DOWN));
    decideTwice();

    await().untilAsserted(() -> assertThat(matters.find(about).orElseThrow().next()).isNull());
    assertThat(states(about)).as("no second message").containsExactly(MessageState.HANDED_OVER);
    assertThat(matters.find(about).orElseThrow().isOpen()).as("the link is good").isTrue();
    assertThat(worklist.find(contact.id()).standing().at(clock.instant()).snooze())
        .as("a person calls")
        .isNull();
    decideTwice();
    assertThat(states(about)).hasSize(1);
    assertThat(open("ContactAt2Weeks")).hasSize(1);
  }

  /** The window of the 48-hour call began and ended in the outage. */
  @Test
  void aContactWhoseWindowIsOverIsCalledOnceAndNobodyIsWrittenTo() throws Exception {
    refer("kiehn-josue.json");
    asked.travelTo("Discharge", List.of("sms"));
    asked.playFromTheCourse("Discharge", List.of("sms"));

    clock.advance(DOWN.plusDays(2));
    asked.open("ContactAt48Hours");
    decideTwice();

    assertThat(open("ContactAt48Hours"))
        .hasSize(1)
        .allSatisfy(
            item -> {
              assertThat(item.dueAt()).isBefore(clock.instant());
              assertThat(item.standing().at(clock.instant()).snooze()).isNull();
            });
    assertThat(rows.ofPathway(pathway))
        .filteredOn(message -> message.purpose() == Message.Purpose.QUESTION)
        .isEmpty();
  }

  /** As two replicas do that start at once. */
  private void decideTwice() {
    CompletableFuture<Void> other = CompletableFuture.runAsync(ladder::run);
    ladder.run();
    other.join();
  }

  private List<MessageState> states(String about) {
    return rows.about(about).stream().map(Message::state).toList();
  }

  private List<WorkItem> open(String element) {
    return worklist.ofPathway(pathway).stream()
        .filter(item -> item.isOpen() && item.element().equals(element))
        .toList();
  }
}
