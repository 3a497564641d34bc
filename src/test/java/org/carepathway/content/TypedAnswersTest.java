package org.carepathway.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.Scenarios;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How many answers people type for a patient whose course is the usual one: nobody reads a form
 * that asks too much. A new question replaces one, or is asked only where it decides.
 */
class TypedAnswersTest {

  @ParameterizedTest
  @CsvSource({"vertebroplasty, 434", "kyphoplasty, 443"})
  void theUsualCourseAsksNoMoreThanThis(String pathway, int most) throws IOException {
    Path folder = Path.of("bpmn", pathway, "scenarios");
    int typed =
        Scenarios.parse(
                text(folder.resolve("happy-path.yaml")),
                name -> text(folder.resolve(name + ".yaml")))
            .steps()
            .stream()
            .filter(Answer.class::isInstance)
            .mapToInt(step -> typed(((Answer) step).answers()))
            .sum();
    assertThat(typed).as("typed answers").isLessThanOrEqualTo(most);
  }

  private static int typed(Object answers) {
    if (answers instanceof Map<?, ?> some) {
      return some.values().stream().mapToInt(TypedAnswersTest::typed).sum();
    }
    if (answers instanceof Collection<?> some) {
      return some.stream().mapToInt(TypedAnswersTest::typed).sum();
    }
    return 1;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
