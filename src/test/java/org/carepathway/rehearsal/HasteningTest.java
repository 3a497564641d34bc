package org.carepathway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.carepathway.scenario.Scenarios;
import org.carepathway.worklist.WorkItem;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The service finds by itself whose task has become more urgent, on the day it does. */
@Tag("rehearsal")
class HasteningTest {

  private static final String FIVE_WEEKS_IN_TWO_DAYS =
      """
      name: Before the first six weeks come near
      extends: happy-path
      until: TriageReferral
      change:
        CompleteReferral: {onset-date: "@today-33d", pain-now: 6, pain-activity: 6}
      steps:
        - task: TriageReferral
          answers: {complete: true, route: STANDARD, priority: routine}
      tasks: [OrderImaging]
      """;

  @Test
  void aTaskRisesOnItsDayAndNotBefore() throws IOException {
    Rehearsal stage = Rehearsal.open();
    boolean[] looked = {false};
    ScenarioRun.play(
        stage,
        Scenarios.parse(FIVE_WEEKS_IN_TWO_DAYS, name -> read(name + ".yaml")),
        (step, journey) -> {
          if (waitsForImages(journey)) {
            assertThat(priorityAfter(stage, journey, Duration.ofDays(1))).isZero();
            assertThat(priorityAfter(stage, journey, Duration.ofDays(2))).isPositive();
            looked[0] = true;
          }
        });
    assertThat(looked[0]).isTrue();
  }

  private static int priorityAfter(Rehearsal stage, Journey journey, Duration time) {
    stage.clock.moveTo(stage.clock.instant().plus(time));
    stage.hastening.run();
    return journey.open().stream().mapToInt(WorkItem::priority).max().orElseThrow();
  }

  private static boolean waitsForImages(Journey journey) {
    return journey.open().stream().anyMatch(item -> item.element().equals("OrderImaging"));
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of("bpmn/vertebroplasty/scenarios", file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
