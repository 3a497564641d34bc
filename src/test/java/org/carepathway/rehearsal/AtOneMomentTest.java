package org.carepathway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.carepathway.bench.AtOneMoment;
import org.carepathway.scenario.Scenario;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.Scenario.Step;
import org.carepathway.scenario.Scenario.Wait;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The benchmarks' answers fit the content as it is, so that their commands do not go stale. */
@Tag("rehearsal")
class AtOneMomentTest {

  @Test
  void theUsualCourseUntilTheDischargeCanBeAnsweredWithoutAWait() throws IOException {
    Scenario usual = ScenarioRun.read(Path.of("bpmn/vertebroplasty/scenarios/happy-path.yaml"));
    List<Step> steps = new ArrayList<>();
    for (Answer answer : AtOneMoment.of(usual.steps())) {
      steps.add(new Answer(answer.task(), answer.answers(), true, List.of()));
      if (answer.task().equals("RecordConsent")) {
        // So that the procedure, which was four hours ago, is not before it.
        steps.add(new Wait(Duration.ofHours(5)));
      }
      if (answer.task().equals("Discharge")) {
        break;
      }
    }
    assertThat(steps).hasSize(15);
    List<String> course = new ArrayList<>();
    ScenarioRun.play(
        Rehearsal.open(),
        new Scenario(
            usual.name(),
            usual.patient(),
            usual.referral(),
            usual.begin(),
            steps,
            List.of("%record.answers('discharge').exists()"),
            List.of("Discharge"),
            List.of("ReferToBoneHealth")),
        (step, journey) -> course.add(step));
    assertThat(course).hasSize(1 + steps.size());
  }
}
