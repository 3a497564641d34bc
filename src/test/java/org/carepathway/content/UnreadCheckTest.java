package org.carepathway.content;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.template.FhirPathException;
import org.carepathway.template.FhirPaths;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.util.HtmlUtils;

/** Every answer that people are asked for is read by something, or says who reads it. */
class UnreadCheckTest {

  private static final FhirPaths PATHS = new FhirPaths(FhirContext.forR4Cached());
  private static final Pattern PROPERTY =
      Pattern.compile("<camunda:property name=\"[^\"]*\" value=\"([^\"]*)\"");

  private static List<String> unread(PathwayContent content) {
    Map<String, Set<String>> outside = new HashMap<>();
    content
        .models()
        .forEach(
            (file, text) ->
                outside.put(
                    file,
                    PROPERTY
                        .matcher(text)
                        .results()
                        .map(found -> HtmlUtils.htmlUnescape(found.group(1)))
                        .filter(UnreadCheckTest::isPath)
                        .collect(Collectors.toSet())));
    Stream.concat(content.templates().values().stream(), Stream.of(content.plan()))
        .forEach(
            some ->
                outside
                    .computeIfAbsent("template", any -> new java.util.HashSet<>())
                    .addAll(Expressions.in(some)));
    return new UnreadCheck(content, PATHS)
        .problems(outside).stream().map(ContentProblem::toString).toList();
  }

  private static boolean isPath(String value) {
    try {
      PATHS.parse(value);
      return value.contains("%record");
    } catch (FhirPathException word) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"vertebroplasty", "kyphoplasty"})
  void everyAnswerIsRead(String key) {
    assertThat(unread(ContentOnDisk.content(key))).isEmpty();
  }

  /** A reader is taken away: the question is named. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vertebroplasty-recovery.bpmn | %record.answers('recovery').answer('voided') | {} | recovery at voided",
        "Questionnaire/act-on-red-flag.json | https://carepathway.org/fhir/StructureDefinition/read-by | https://example.org/x | act-on-red-flag at seen-at",
      })
  void whatNothingReadsIsNamed(String file, String sound, String broken, String found) {
    PathwayContent content =
        ContentOnDisk.content(
            "vertebroplasty",
            (path, body) -> path.endsWith(file) ? body.replace(sound, broken) : body);

    assertThat(unread(content)).anyMatch(problem -> problem.contains(found));
  }

  @Test
  void thePageOfThePatientIsNotAsked() {
    assertThat(ContentOnDisk.content("vertebroplasty").filledIn())
        .isNotEmpty()
        .noneMatch(form -> form.endsWith("/patient-page"));
  }
}
