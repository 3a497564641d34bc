package org.carepathway.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import org.carepathway.template.FhirPaths;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table of what is sent that says something wrong is refused, with its row and what to do. */
class SentCheckTest {

  private static final FhirPaths PATHS = new FhirPaths(FhirContext.forR4Cached());

  private static List<String> problems(String from, String to) {
    PathwayContent content =
        ContentOnDisk.content(
            "vertebroplasty",
            (path, body) ->
                path.endsWith("vertebroplasty/sent.yaml") ? body.replace(from, to) : body);
    return new SentCheck(content, PATHS, ProcessCheck.ROLES)
        .problems().stream().map(ContentProblem::toString).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"vertebroplasty", "kyphoplasty"})
  void theDeliveredTableIsWhole(String key) {
    PathwayContent content = ContentOnDisk.content(key, (path, body) -> body);
    assertThat(content.sent().kinds()).isNotEmpty();
    assertThat(content.sent().loop()).isNotEmpty();
    assertThat(new SentCheck(content, PATHS, ProcessCheck.ROLES).problems()).isEmpty();
  }

  @Test
  void eachMistakeIsToldWithItsPlace() {
    assertThat(problems("resource: Condition", "resource: Conditions"))
        .anyMatch(problem -> problem.contains("fracture.resource: is 'Conditions'"));
    assertThat(problems("by: ir-physician", "by: doctor"))
        .anyMatch(problem -> problem.contains("fracture.by: is 'doctor', which is no role"));
    assertThat(problems("status in ('final'", "status in (('final'"))
        .anyMatch(problem -> problem.contains("observation.when: cannot be read"));
    assertThat(problems("value: \"priority\"", "value: \"%record\""))
        .anyMatch(problem -> problem.contains("order.text[2].value: reads %record"));
    assertThat(problems(", es: Carta}", "}"))
        .anyMatch(problem -> problem.contains("letter.title: is not there in 'es'"));
    assertThat(problems("state: no-show", "state: lost"))
        .anyMatch(problem -> problem.contains("loop.lost: is no state of a referral"));
    assertThat(problems(", by: scheduler, within: P2D}", "}"))
        .anyMatch(problem -> problem.contains("loop.no-show: has no owner or no time"));
  }

  @Test
  void whatIsNoTableIsRefused() {
    assertThatThrownBy(() -> SentTable.parse("sent: {a: {resource: Task}}"))
        .hasMessageContaining("a: needs 'when'");
    assertThatThrownBy(
            () ->
                SentTable.parse(
                    "sent: {a: {resource: Task, when: 'true', by: referrer, within: soon}}"))
        .hasMessageContaining("'within' is no duration");
    assertThatThrownBy(() -> SentTable.parse("- x")).hasMessageContaining("needs 'sent'");
  }
}
