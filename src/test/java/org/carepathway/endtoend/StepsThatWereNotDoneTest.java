package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.carepathway.RunningService;
import org.carepathway.clock.ServiceClock;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.HappyPath;
import org.carepathway.scenario.Scenario;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.Scenario.Wait;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.security.Caller;
import org.carepathway.worklist.Worklist;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Nobody reads "Done" of a step that the pathway has left without it having been done. */
class StepsThatWereNotDoneTest extends RunningService {

  @Autowired private Pathways pathways;
  @Autowired private Worklist worklist;
  @Autowired private ScenarioPlayer player;
  @Autowired private ServiceClock serviceClock;
  @Autowired private Clock clock;

  private UUID pathway;
  private Caller coordinator;

  @ParameterizedTest
  @CsvSource({
    "change-moved, oth-room, Moved",
    "change-no-show, , Missed: the patient did not come",
    "change-cancelled, pat-lt, Cancelled"
  })
  void aLostAppointmentIsNoProcedure(String kind, String reason, String badge) throws Exception {
    referUntil("PrepareForProcedure");
    coordinator = new Caller(port(), "coordinator").signIn();
    assertThat(badge("vertebroplasty", "Procedure")).isEqualTo("current Now");

    lose(kind, reason);

    assertThat(badge("vertebroplasty", "Procedure")).isEqualTo("undone " + badge);
    assertThat(badge("vertebroplasty", "WorkUp")).doesNotContain("undone");
    assertThat(badge("vertebroplasty", "Imaging")).isEqualTo("done Done");
    assertThat(badge("vertebroplasty-procedure", "PrepareForProcedure"))
        .isEqualTo("undone Not done");
    assertThat(page("vertebroplasty")).contains("Procedure=undone");
    String step =
        coordinator
            .page("/pathways/" + pathway + "/processes/vertebroplasty/steps/Procedure")
            .body();
    assertThat(step).contains("step-undone", badge, "left undone on").doesNotContain("step-done");
  }

  /** The neighbour: a talk that ended with a refusal. */
  @Test
  void aRefusedConsentIsNoConsent() throws Exception {
    referUntil("RecordConsent");
    Answer consent = null;
    for (Scenario.Step step : scenario().steps()) {
      if (step instanceof Answer answer && answer.task().equals("RecordConsent")) {
        consent = answer;
      }
    }
    Map<String, Object> refused = new HashMap<>(consent.answers());
    refused.put("patient-decision", "REFUSE");
    refused.put("refusal-reason", "refusal-benefit");
    player.play(pathway, new Answer(consent.task(), refused));
    coordinator = new Caller(port(), "coordinator").signIn();
    assertThat(badge("vertebroplasty", "Consent")).isEqualTo("undone Patient refused");
  }

  /** Reported beforehand, or found when the patient does not come. */
  private void lose(String kind, String reason) throws Exception {
    if (reason == null) {
      serviceClock.advance(Duration.ofHours(3));
      await()
          .atMost(Duration.ofMinutes(2))
          .until(
              () ->
                  worklist.ofPathway(pathway).stream()
                      .anyMatch(item -> item.isOpen() && item.element().equals("CallPatient")));
      player.play(
          pathway, new Answer("CallPatient", Map.of("change-kind", kind, "patient-told", true)));
      return;
    }
    HttpResponse<String> reported =
        coordinator.post(
            "/pathways/" + pathway + "/report/AppointmentChanged",
            Map.of("change-kind", kind, "change-reason", reason, "patient-told", "true"));
    assertThat(reported.statusCode()).as(reported.body()).isEqualTo(302);
  }

  /** State and words of a step in the list of its process. */
  private String badge(String process, String step) throws Exception {
    Matcher found =
        Pattern.compile(
                "/steps/%s\".*?<span class=\"badge step-([a-z]+)\"[^>]*>([^<]*)</span>"
                    .formatted(step),
                Pattern.DOTALL)
            .matcher(page(process));
    assertThat(found.find()).as(step).isTrue();
    return found.group(1) + ' ' + found.group(2);
  }

  private String page(String process) throws Exception {
    return coordinator.page("/pathways/" + pathway + "?process=" + process).body();
  }

  private void referUntil(String task) throws Exception {
    FhirClient fhir = new FhirClient(port());
    String referral =
        fhir.refer(fhir.sendPatient("boehm-cassaundra.json")).getIdElement().getIdPart();
    pathway = pathways.ofReferral(referral).orElseThrow().id();
    for (Scenario.Step step : scenario().steps()) {
      if (step instanceof Wait wait) {
        ZonedDateTime now = ZonedDateTime.now(clock);
        serviceClock.advance(Duration.between(now, now.plus(wait.time())));
      } else if (step instanceof Answer answer) {
        if (answer.task().equals(task)) {
          return;
        }
        player.play(pathway, answer);
      }
    }
  }

  private static Scenario scenario() throws Exception {
    return HappyPath.scenario();
  }
}
