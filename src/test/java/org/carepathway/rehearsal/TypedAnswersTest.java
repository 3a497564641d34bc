package org.carepathway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.carepathway.scenario.Scenario;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.worklist.WorkItem;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How many answers people type or choose for a patient whose course is the usual one, form by form:
 * nobody reads a form that asks too much. What the form knows already is not typed. A new question
 * replaces one, or is asked only where it decides.
 */
@Tag("rehearsal")
class TypedAnswersTest {

  private final Map<String, Integer> typed = new LinkedHashMap<>();

  @ParameterizedTest
  @CsvSource({"vertebroplasty, 302", "kyphoplasty, 311"})
  void theUsualCourseAsksNoMoreThanThis(String pathway, int most, TestReporter reporter)
      throws IOException {
    Rehearsal stage = Rehearsal.open();
    Scenario scenario = ScenarioRun.read(Path.of("bpmn", pathway, "scenarios", "happy-path.yaml"));
    int[] done = {0};
    ScenarioRun.play(
        stage,
        scenario,
        (step, journey) -> {
          if (done[0] < scenario.steps().size()
              && scenario.steps().get(done[0]) instanceof Answer next) {
            typed.merge(next.task(), typed(stage, journey, next), Integer::sum);
          }
          done[0]++;
        });
    int sum = typed.values().stream().mapToInt(Integer::intValue).sum();
    reporter.publishEntry(pathway, sum + " " + typed);
    assertThat(sum).as("typed answers: " + typed).isPositive().isLessThanOrEqualTo(most);
  }

  private static int typed(Rehearsal stage, Journey journey, Answer next) {
    WorkItem item =
        journey.open().stream()
            .filter(open -> open.element().equals(next.task()))
            .findFirst()
            .orElseThrow();
    Questionnaire form = journey.content().questionnaire(item.form());
    QuestionnaireResponse known = journey.populate(item);
    return TypedAnswers.of(form, known, stage.sheets.fill(form, known, next.answers())).count();
  }
}
