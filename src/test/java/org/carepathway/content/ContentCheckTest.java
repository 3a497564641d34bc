package org.carepathway.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.carepathway.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Content that could lose a patient is refused, with the file, the element and what to do. */
class ContentCheckTest extends RunningService {

  private static final String KEY = "vertebroplasty";
  private static final List<ContentFile> FILES =
      ContentFolder.read(Path.of("").toAbsolutePath().toUri().toString().replaceAll("/$", ""));

  @Autowired private ContentCheck check;
  @Autowired private ContentParser parser;

  @Test
  void soundContentHasNoFault() {
    assertThat(check.check(parser.parse(KEY, ContentParser.filesOf(KEY, FILES)))).isEmpty();
  }

  @Test
  void aMissingFormIsFound() {
    List<ContentFile> files =
        ContentParser.filesOf(KEY, FILES).stream()
            .filter(file -> !file.path().endsWith("Questionnaire/triage.json"))
            .toList();
    assertThat(check.check(parser.parse(KEY, files)))
        .extracting(ContentProblem::toString)
        .anyMatch(
            fault -> fault.contains("TriageReferral: has the form key triage|1.0.0, which is"));
  }

  @ParameterizedTest(name = "{3}")
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "workup.bpmn ! targetRef=\"DoWorkUp\" ! targetRef=\"WorkUpDone\" ! DoWorkUp: cannot be reached",
        "workup.bpmn ! camunda:candidateGroups=\"scheduler\" ! camunda:candidateGroups=\"clerk\" !"
            + " BookProcedure: is for 'clerk', which is no role",
        "workup.bpmn ! camunda:dueDate=\"${bookingWithin}\" ! `` ! BookProcedure: has no due date",
        "workup.bpmn ! \"${decide}\" ! \"${guess}\" ! is no step of the vocabulary",
        "workup.bpmn ! value=\"duration\" ! value=\"length\" ! 'length', which is no decision",
        "workup.bpmn ! name=\"lastReadiness\" ! name=\"readinessBefore\" !"
            + " reads 'lastReadiness', which nothing sets before",
        "workup.bpmn ! name=\"template\" value=\"appointment\" ! name=\"template\" value=\"date\" !"
            + " 'date', which is missing",
        "workup.bpmn ! vertebroplasty-anticoagulation ! vertebroplasty-bleeding ! is called but is missing",
        "workup.bpmn ! linkId = 'session-level' ! linkId = 'session-levle' ! session-levle: is asked for",
        "workup.bpmn ! default=\"OneSession-PlanSession\" ! `` ! OneSession: has no default flow",
        "workup.bpmn ! camunda:versionTag=\"1.0.0\" ! camunda:versionTag=\"0.9.0\" !"
            + " has the version tag 0.9.0",
        "appointment.bpmn ! 'change-moved' ! 'change-movd' !"
            + " change-kind: is compared with 'change-movd', which is no answer",
        "duration.dmn ! hitPolicy=\"FIRST\" ! hitPolicy=\"UNIQUE\" ! duration: has the hit policy UNIQUE",
        "duration.dmn ! <text></text> ! <text>null</text> ! duration: has a gap",
        "duration.dmn ! <text>2</text> ! <text>1</text> ! D5-2: can never fire after D5-1",
        "duration.dmn ! Effective from 2026-11-01. ! Since long. ! duration: does not say since when",
        "duration.dmn ! policy.roomTurnoverMinutes ! policy.roomMinutes ! names policy values that",
        "Questionnaire/booking.json ! %resource.descendants() ! %resource.descendants( ! Cannot read FHIRPath",
        "Questionnaire/pre-procedure.json ! \"question\": \"takes-blood-thinner\" !"
            + " \"question\": \"takes-thinner\" ! 'takes-thinner' is no question",
        "PlanDefinition/vertebroplasty.json ! \"id\": \"BookProcedure\" ! \"id\": \"Book\" !"
            + " BookProcedure: is a task but no action",
        "PlanDefinition/vertebroplasty.json ! \"name\": \"WorkUpAdded\" ! \"name\": \"Added\" !"
            + " RepeatWorkUp: is added by a message nobody awaits",
      })
  void aFaultIsFound(String file, String sound, String broken, String fault) {
    assertThat(check.check(parser.parse(KEY, with(file, sound, broken == null ? "" : broken))))
        .isNotEmpty()
        .allMatch(problem -> !problem.remedy().isEmpty() && !problem.file().isEmpty())
        .extracting(ContentProblem::toString)
        .anyMatch(found -> found.contains(fault));
  }

  private static List<ContentFile> with(String name, String sound, String broken) {
    return ContentParser.filesOf(KEY, FILES).stream()
        .map(file -> file.path().endsWith(name) ? change(file, sound, broken) : file)
        .toList();
  }

  private static ContentFile change(ContentFile file, String sound, String broken) {
    assertThat(file.body()).contains(sound);
    return new ContentFile(file.path(), file.body().replace(sound, broken));
  }
}
