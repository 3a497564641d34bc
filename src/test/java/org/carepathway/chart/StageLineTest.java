package org.carepathway.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.carepathway.chart.StageLine.Stage;
import org.carepathway.engine.Visits.Visit;
import org.carepathway.engine.model.Diagram;
import org.junit.jupiter.api.Test;

/** The line of stages is the usual way, and what a patient came to besides. */
class StageLineTest {

  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
  private static final Diagram MAIN = main();

  @Test
  void whoHasJustComeSeesTheUsualWay() {
    assertThat(names())
        .containsExactly(
            "Referral and triage",
            "Imaging",
            "Eligibility",
            "Consent",
            "Work-up and booking",
            "Procedure",
            "Recovery and discharge",
            "Follow-up");
  }

  @Test
  void whatComesNextIsOnTheUsualWay() {
    assertThat(stages(visit("Recovery and discharge", null)))
        .filteredOn(stage -> stage.state() == StepState.NEXT)
        .extracting(Stage::name)
        .containsExactly("Follow-up");
  }

  @Test
  void whoLeftItSeesWhereTo() {
    assertThat(names(visit("Consent", AT), visit("Bone health, consent refused", null)))
        .contains("Bone health, consent refused")
        .doesNotContain("Bone health, not treated");
  }

  private static List<String> names(Visit... visits) {
    return stages(visits).stream().map(Stage::name).toList();
  }

  private static List<Stage> stages(Visit... visits) {
    return StageLine.of(MAIN, Arrays.asList(visits), Map.of());
  }

  private static Visit visit(String name, Instant left) {
    String element =
        MAIN.nodes().stream()
            .filter(node -> node.name().equals(name))
            .findFirst()
            .orElseThrow()
            .id();
    return new Visit(MAIN.processId(), element, AT, left, false, null);
  }

  private static Diagram main() {
    try {
      return Diagram.of(
              Map.of(
                  "main.bpmn",
                  Files.readString(Path.of("bpmn/vertebroplasty/vertebroplasty.bpmn"))))
          .get(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
