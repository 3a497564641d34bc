package org.carepathway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.carepathway.scenario.Scenario;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.worklist.WorkItem;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How many answers people type or choose for a patient whose course is the usual one, form by form:
 * nobody reads a form that asks too much. What the form knows already is not typed. A new question
 * replaces one, or is asked only where it decides. What was counted is in {@code
 * target/typed-answers}, question by question.
 */
@Tag("rehearsal")
class TypedAnswersTest {

  private static final Path LISTS = Path.of("target/typed-answers");

  private static final int MOST_WITH_EHR = 186;

  private final Map<String, Map<String, Integer>> typed = new LinkedHashMap<>();

  /** Task to what its form asked: required fields, and those of them that were empty at opening. */
  private final Map<String, RequiredFields> fields = new LinkedHashMap<>();

  @ParameterizedTest
  @CsvSource({"vertebroplasty, 249", "kyphoplasty, 258"})
  void theUsualCourseAsksNoMoreThanThis(String pathway, int most, TestReporter reporter)
      throws IOException {
    countsAtMost(
        most,
        pathway,
        ScenarioRun.read(Path.of("bpmn", pathway, "scenarios/happy-path.yaml")),
        reporter);
  }

  /**
   * Laboratory, vital signs, drugs, allergies, bone density and the radiology's report are there.
   */
  @Test
  void whatTheEhrHasIsNotTypedAgain(TestReporter reporter) throws IOException {
    Scenario usual = ScenarioRun.read(Path.of("bpmn/vertebroplasty/scenarios/happy-path.yaml"));
    countsAtMost(MOST_WITH_EHR, "vertebroplasty-with-ehr", OnFile.before(usual), reporter);
  }

  private void countsAtMost(int most, String name, Scenario scenario, TestReporter reporter)
      throws IOException {
    Rehearsal stage = Rehearsal.open();
    int[] done = {0};
    ScenarioRun.play(
        stage,
        scenario,
        (step, journey) -> {
          if (done[0] < scenario.steps().size()
              && scenario.steps().get(done[0]) instanceof Answer next) {
            Map<String, Integer> form =
                typed.computeIfAbsent(next.task(), task -> new LinkedHashMap<>());
            typed(stage, journey, next)
                .forEach((asked, count) -> form.merge(asked, count, Integer::sum));
          }
          done[0]++;
        });
    int sum = typed.values().stream().mapToInt(TypedAnswersTest::sum).sum();
    String list =
        typed.entrySet().stream()
            .map(
                form ->
                    "%3d %s %s %s"
                        .formatted(
                            sum(form.getValue()),
                            form.getKey(),
                            fields.get(form.getKey()),
                            form.getValue()))
            .collect(Collectors.joining("\n", "%s: %d\n".formatted(name, sum), "\n"));
    Files.createDirectories(LISTS);
    Files.writeString(LISTS.resolve(name + ".txt"), list);
    reporter.publishEntry(name, list);
    assertThat(sum).as(list).isPositive().isLessThanOrEqualTo(most);
  }

  private static int sum(Map<String, Integer> form) {
    return form.values().stream().mapToInt(Integer::intValue).sum();
  }

  private Map<String, Integer> typed(Rehearsal stage, Journey journey, Answer next) {
    WorkItem item =
        journey.open().stream()
            .filter(open -> open.element().equals(next.task()))
            .findFirst()
            .orElseThrow();
    Questionnaire form = journey.content().questionnaire(item.form());
    QuestionnaireResponse known = journey.populate(item);
    QuestionnaireResponse given = stage.sheets.fill(form, known, next.answers());
    fields.merge(next.task(), RequiredFields.of(form, known, given), RequiredFields::and);
    return TypedAnswers.of(form, known, given, stage.sheets.computed(form, given)).byQuestion();
  }
}
