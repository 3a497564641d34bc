package org.carepathway.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import org.carepathway.template.FhirPaths;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table of the waiting clock that says something wrong is refused, with its rule. */
class WaitingCheckTest {

  private static final FhirPaths PATHS = new FhirPaths(FhirContext.forR4Cached());

  private static List<String> problems(String from, String to) {
    PathwayContent content =
        ContentOnDisk.content(
            "vertebroplasty",
            (path, body) ->
                path.endsWith("vertebroplasty/waiting.yaml") ? body.replace(from, to) : body);
    return new WaitingCheck(content, PATHS)
        .problems().stream().map(ContentProblem::toString).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"vertebroplasty", "kyphoplasty"})
  void theDeliveredTableIsWhole(String key) {
    PathwayContent content = ContentOnDisk.content(key, (path, body) -> body);
    assertThat(content.waiting().rules()).hasSizeGreaterThan(5);
    assertThat(new WaitingCheck(content, PATHS).problems()).isEmpty();
  }

  @Test
  void eachMistakeIsToldWithItsPlace() {
    assertThat(problems("effect: start", "effect: goes-on"))
        .anyMatch(problem -> problem.contains("rules: start no clock"));
    assertThat(problems("at: \"%carePlan.created\"", "at: \"%each.created\""))
        .anyMatch(problem -> problem.contains("referral-received.at: reads %each"));
    assertThat(problems("at: \"%carePlan.created\"", "at: \"((%carePlan\""))
        .anyMatch(problem -> problem.contains("referral-received.at: cannot be read"));
    assertThat(problems("    effect: pause\n", "    effect: stop\n"))
        .anyMatch(problem -> problem.contains("deferred.until: belongs to a pause alone"));
    assertThat(problems(", es: Comenzó el tratamiento}", "}"))
        .anyMatch(problem -> problem.contains("treated.text: is not there in 'es'"));
    assertThat(problems("evidence: LOCAL", "evidence: sure"))
        .anyMatch(problem -> problem.contains("deferred.evidence: is 'sure'"));
  }

  @Test
  void whatIsNoTableIsRefused() {
    assertThatThrownBy(() -> WaitingTable.parse("rules: {}")).hasMessageContaining("needs 'limit'");
    assertThatThrownBy(
            () -> WaitingTable.parse("limit: \"'P1D'\"\nrules: {a: {effect: halt, at: x}}"))
        .hasMessageContaining("a: 'halt' is none of start, pause, stop, goes-on");
    assertThatThrownBy(
            () -> WaitingTable.parse("limit: \"'P1D'\"\nrules: {a: {effect: stop, at: x}}"))
        .hasMessageContaining("a: needs 'source'");
  }
}
