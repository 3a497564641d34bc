package org.carepathway.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.carepathway.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Content that could lose a patient is refused, with the file, the element and what to do. */
class ContentCheckTest extends RunningService {

  private static final String KEY = "vertebroplasty";
  private static final List<ContentFile> FILES = ContentOnDisk.files();

  /** What is broken on its own, because another fault would hide it, has a round of its own. */
  private static final List<Fault> FAULTS =
      List.of(
          new Fault(
              1,
              "workup.bpmn",
              "targetRef=\"DoWorkUp\"",
              "targetRef=\"WorkUpDone\"",
              "DoWorkUp: cannot be reached"),
          new Fault(
              1,
              "workup.bpmn",
              "camunda:candidateGroups=\"scheduler\"",
              "camunda:candidateGroups=\"clerk\"",
              "BookProcedure: is for 'clerk', which is no role"),
          new Fault(
              1,
              "workup.bpmn",
              "camunda:dueDate=\"${bookingWithin}\"",
              "",
              "BookProcedure: has no due date"),
          new Fault(
              1,
              "consent.bpmn",
              "name=\"visit\" value=\"clinic\"",
              "name=\"visit\" value=\"clinc\"",
              "RecordConsent: is the only task of the visit 'clinc'"),
          new Fault(
              1,
              "followup.bpmn",
              "name=\"skipTo\"",
              "name=\"skipto\"",
              "has properties that no task has: [skipto]"),
          new Fault(
              2, "workup.bpmn", "\"${decide}\"", "\"${guess}\"", "is no step of the vocabulary"),
          new Fault(
              1,
              "workup.bpmn",
              "value=\"duration\"",
              "value=\"length\"",
              "'length', which is no decision"),
          new Fault(
              1,
              "workup.bpmn",
              "name=\"lastReadiness\"",
              "name=\"readinessBefore\"",
              "reads 'lastReadiness', which nothing sets before"),
          new Fault(
              1,
              "workup.bpmn",
              "${slotState == ",
              "${slotsState == ",
              "OneSession-BookProcedure: reads 'slotsState', which nothing sets before"),
          new Fault(
              1,
              "procedure.bpmn",
              "${noShowAt}",
              "${goneAt}",
              "NotHere: reads 'goneAt', which nothing sets before"),
          new Fault(
              1,
              "recovery.bpmn",
              "<camunda:in source=\"stayAskWithin\" target=\"stayAskWithin\" />",
              "<camunda:in variables=\"all\" />",
              "NotHome: passes all variables"),
          new Fault(
              1,
              "recovery.bpmn",
              "<camunda:in source=\"leftCallWithin\"",
              "<camunda:in source=\"leftCall\"",
              "NotHome: passes 'leftCall', which nothing sets before"),
          new Fault(
              1,
              "recovery.bpmn",
              "<camunda:out source=\"disposition\"",
              "<camunda:out source=\"destination\"",
              "NotHome: takes back 'destination', which nothing sets before"),
          new Fault(
              1,
              "not-home.bpmn",
              "camunda:dueDate=\"${leftCallWithin}\"",
              "camunda:dueDate=\"${callWithin}\"",
              "reads 'callWithin', which nothing sets before"),
          new Fault(
              1,
              "workup.bpmn",
              "name=\"template\" value=\"appointment\"",
              "name=\"template\" value=\"date\"",
              "'date', which is missing"),
          new Fault(
              3,
              "hold-approval.json",
              "'Creatinine clearance (mL/min, Cockcroft-Gault)'",
              "'Creatinine clearance'",
              "anticoagulant: has no input labelled 'Creatinine clearance'"),
          new Fault(
              3,
              "hold-approval.json",
              "appointments('vertebral-augmentation')",
              "appointments('augmentation')",
              "augmentation: is a service that no form books"),
          new Fault(
              3,
              "hold-approval.json",
              "output('holdRoute')",
              "output('route')",
              "hold-route: has no output 'route'"),
          new Fault(
              1,
              "holdagain.bpmn",
              "value=\"AppointmentChanged\"",
              "value=\"DateChanged\"",
              "raises 'DateChanged', which nothing awaits"),
          new Fault(
              1,
              "workup.bpmn",
              "vertebroplasty-anticoagulation",
              "vertebroplasty-bleeding",
              "is called but is missing"),
          new Fault(
              3,
              "workup.bpmn",
              "items('session-level')",
              "items('session-levle')",
              "session-levle: is asked for"),
          new Fault(
              1,
              "workup.bpmn",
              "default=\"OneSession-PlanSession\"",
              "",
              "OneSession: has no default flow"),
          new Fault(
              1,
              "workup.bpmn",
              "camunda:versionTag=\"1.0.0\"",
              "camunda:versionTag=\"0.9.0\"",
              "has the version tag 0.9.0"),
          new Fault(
              3,
              "appointment.bpmn",
              "'change-moved'",
              "'change-movd'",
              "change-kind: is compared with 'change-movd', which is no answer"),
          new Fault(
              2,
              "duration.dmn",
              "hitPolicy=\"FIRST\"",
              "hitPolicy=\"UNIQUE\"",
              "duration: has the hit policy UNIQUE"),
          new Fault(1, "duration.dmn", "<text></text>", "<text>null</text>", "has a gap"),
          new Fault(
              1,
              "duration.dmn",
              "<text>2</text>",
              "<text>1</text>",
              "D5-2: can never fire after D5-1"),
          new Fault(
              1,
              "duration.dmn",
              "Effective from 2026-11-01.",
              "Since long.",
              "duration: does not say since when"),
          new Fault(
              1,
              "duration.dmn",
              "policy.roomTurnoverMinutes",
              "policy.roomMinutes",
              "names policy values that"),
          new Fault(
              1,
              "Questionnaire/booking.json",
              "%resource.descendants()",
              "%resource.descendants(",
              "Cannot read FHIRPath"),
          new Fault(
              1,
              "Questionnaire/pre-procedure.json",
              "\"question\": \"takes-blood-thinner\"",
              "\"question\": \"takes-thinner\"",
              "'takes-thinner' is no question"),
          new Fault(
              3,
              "Questionnaire/hospital-news.json",
              "\"%issue.detail\"",
              "\"%changed.id\"",
              "%changed: is asked for in a form"),
          new Fault(
              1,
              "PlanDefinition/vertebroplasty.json",
              "\"id\": \"BookProcedure\"",
              "\"id\": \"Book\"",
              "BookProcedure: is a task but no action"),
          new Fault(
              1,
              "PlanDefinition/vertebroplasty.json",
              "\"name\": \"WorkUpAdded\"",
              "\"name\": \"Added\"",
              "RepeatWorkUp: is added by a message nobody awaits"),
          new Fault(
              1,
              "mdt.bpmn",
              "name=\"to\" value=\"coordinator\"",
              "name=\"to\" value=\"board\"",
              "writes to 'board', which is nobody"),
          new Fault(
              1,
              "bonehealth.bpmn",
              "name=\"letter\"",
              "name=\"lettre\"",
              "has the property 'lettre', which notify does not know"),
          new Fault(
              1,
              "recovery.bpmn",
              "value=\"discharge activity\"",
              "value=\"discharge actvity\"",
              "names the text 'actvity', which is missing"),
          new Fault(
              1,
              "recovery.bpmn",
              "name=\"sheet\" value=\"discharge-sheet\"",
              "name=\"sheet\" value=\"recovery-goals\"",
              "'recovery-goals', which is missing or of the wrong type"),
          new Fault(
              1,
              "follow-up-plan.dmn",
              "\"w2\"",
              "\"w3\"",
              "reads 'w2At', which nothing sets before"),
          new Fault(
              1,
              "ConceptMap/kinds-of-drugs.json",
              "\"http://www.whocc.no/atc\"",
              "\"http://example.org/drugs\"",
              "http://example.org/drugs: is a code system that is not read"),
          new Fault(
              3,
              "Questionnaire/discharge.json",
              "http://terminology.hl7.org/CodeSystem/observation-category",
              "http://example.org/category",
              "pain-discharge: is an Observation without a category"),
          new Fault(
              3,
              "Questionnaire/recovery-review.json",
              "category.coding.where(code = 'baseline').exists()",
              "category.coding.code = 'baseline'",
              "takes the category of an Observation for one code"),
          new Fault(
              1,
              "vertebroplasty/vertebroplasty.bpmn",
              "name=\"ReferralRevoked\"",
              "name=\"ReferralGone\"",
              "does not wait for ReferralRevoked"));

  @Autowired private ContentCheck check;
  @Autowired private ContentParser parser;

  @Test
  void soundContentHasNoFault() {
    assertThat(check.check(parser.parse(KEY, PathwayFiles.of(KEY, FILES)))).isEmpty();
  }

  @Test
  void aMissingFormIsFound() {
    List<ContentFile> files =
        PathwayFiles.of(KEY, FILES).stream()
            .filter(file -> !file.path().endsWith("Questionnaire/triage.json"))
            .toList();
    assertThat(check.check(parser.parse(KEY, files)))
        .extracting(ContentProblem::toString)
        .anyMatch(
            fault -> fault.contains("TriageReferral: has the form key triage|1.0.0, which is"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void everyFaultIsFound(int round) {
    List<Fault> broken = FAULTS.stream().filter(fault -> fault.round() == round).toList();
    List<ContentProblem> problems = check.check(parser.parse(KEY, with(broken)));
    assertThat(problems)
        .allMatch(problem -> !problem.remedy().isEmpty() && !problem.file().isEmpty());
    for (Fault fault : broken) {
      assertThat(problems)
          .extracting(ContentProblem::toString)
          .as(fault.found())
          .anyMatch(problem -> problem.contains(fault.found()));
    }
  }

  /** Who is referred with it could start either. */
  @Test
  void aTriggerThatTwoPathwaysShareIsFound() {
    List<PathwayContent> pathways =
        PathwayFiles.keys(FILES).stream()
            .map(
                key ->
                    parser.parse(
                        key,
                        parser.allFilesOf(key, FILES).stream()
                            .map(ContentCheckTest::withOneTrigger)
                            .toList()))
            .toList();
    assertThat(TriggerCheck.of(pathways))
        .singleElement()
        .satisfies(fault -> assertThat(fault.toString()).contains("same|code: starts the pathway"));
  }

  @Test
  void soundPathwaysShareNoTrigger() {
    assertThat(
            TriggerCheck.of(
                PathwayFiles.keys(FILES).stream()
                    .map(key -> parser.parse(key, parser.allFilesOf(key, FILES)))
                    .toList()))
        .isEmpty();
  }

  private static ContentFile withOneTrigger(ContentFile file) {
    return new ContentFile(
        file.path(),
        file.body()
            .replaceFirst(
                "(\"path\"\\s*:\\s*\"code\",\\s*\"code\"\\s*:\\s*\\[\\s*\\{\\s*\"system\"\\s*:\\s*)\"[^\"]*\"(,\\s*\"code\"\\s*:\\s*)\"[^\"]*\"",
                "$1\"same\"$2\"code\""));
  }

  private static List<ContentFile> with(List<Fault> faults) {
    List<ContentFile> files = PathwayFiles.of(KEY, FILES);
    for (Fault fault : faults) {
      files =
          files.stream()
              .map(file -> file.path().endsWith(fault.file()) ? fault.in(file) : file)
              .toList();
    }
    return files;
  }

  /**
   * @param sound what is in the file
   * @param broken what is put in its place
   * @param found what the check says then
   */
  private record Fault(int round, String file, String sound, String broken, String found) {

    ContentFile in(ContentFile content) {
      assertThat(content.body()).contains(sound);
      return new ContentFile(content.path(), content.body().replace(sound, broken));
    }
  }
}
