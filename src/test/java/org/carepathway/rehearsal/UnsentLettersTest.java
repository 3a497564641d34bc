package org.carepathway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.carepathway.scenario.Scenarios;
import org.hl7.fhir.r4.model.CommunicationRequest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The end of the ladder has an owner and a date: where no EHR takes letters, the one to the
 * referrer of a patient whom nobody reaches is the coordinator's to send.
 */
@Tag("rehearsal")
class UnsentLettersTest {

  @Test
  void theLetterOfTheLastRungIsSomebodysToSendInAWorkingDay() throws Exception {
    Rehearsal stage = Rehearsal.open();
    int[] seen = {0};
    ScenarioRun.play(
        stage,
        Scenarios.parse(scenario("not-reached-three-times"), UnsentLettersTest::scenario),
        (step, journey) ->
            journey.record().stream()
                .filter(CommunicationRequest.class::isInstance)
                .map(CommunicationRequest.class::cast)
                .filter(
                    each -> each.getReasonCodeFirstRep().getText().equals("Patient not reached"))
                .forEach(
                    letter -> {
                      seen[0]++;
                      List<Map<String, Object>> duties =
                          stage.jdbc.queryForList(
                              """
                              select role, detail, due_at > added_at
                                and due_at < added_at + interval '5 days' as soon
                              from duty where kind = 'letter' and about = ?\
                              """,
                              "CommunicationRequest/" + letter.getIdElement().getIdPart());
                      assertThat(duties).hasSize(1);
                      assertThat(duties.get(0))
                          .containsEntry("role", "coordinator")
                          .containsEntry("soon", true);
                      assertThat(duties.get(0).get("detail").toString())
                          .contains(letter.getRecipientFirstRep().getDisplay());
                    }));
    assertThat(seen[0]).isPositive();
  }

  private static String scenario(String name) {
    return AtTheBooking.read("bpmn/vertebroplasty/scenarios/%s.yaml".formatted(name));
  }
}
