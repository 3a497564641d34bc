package org.carepathway.invariant;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskPriority;

/**
 * A new deficit in a referral, at the preparation, in recovery, at the discharge, at a contact, at
 * a call or at a review gives a physician a task for at once, in the same step. It counts as
 * measured, whatever a tick box says.
 */
final class DeficitMakesAlarm implements Invariant {

  private static final int FULL = 5;
  private static final List<String> SIDES = List.of("left", "right");

  @Override
  public List<String> proves() {
    return List.of("Emergency neuro/infection", "Red flag in recovery");
  }

  @Override
  public List<String> broken(Moment before, Moment after) {
    boolean alarm =
        after
            .turned(before, Task.class, task -> task.getPriority() == TaskPriority.STAT)
            .anyMatch(task -> Moment.has(task.getPerformerTypeFirstRep(), "ir-physician"));
    return after
        .turned(before, QuestionnaireResponse.class, response -> deficit(response, before))
        .filter(response -> after.active() && !alarm)
        .map(response -> Moment.name(response) + " shows a new deficit and alarms nobody")
        .toList();
  }

  private static boolean deficit(QuestionnaireResponse response, Moment before) {
    return switch (response.getQuestionnaire().replaceAll(".*/Questionnaire/|\\|.*", "")) {
      case "referral" -> said(response, "neuro-symptoms", "bladder-bowel");
      case "clinic-review", "skin-check", "chest-review", "bone-review", "nurse-call" ->
          said(response, "new-weakness", "new-numbness", "new-bladder-bowel");
      case "follow-up" ->
          said(
              response,
              "red-flag-weakness",
              "red-flag-numbness",
              "red-flag-saddle",
              "red-flag-bladder-bowel");
      case "pre-procedure" ->
          said(response, "new-weakness", "new-numbness", "new-bladder-bowel")
              || SIDES.stream().anyMatch(side -> weaker(response, side, examined(before, side)));
      case "recovery" ->
          said(response, "neuro-deficit")
              || Moment.codes(response, "sensation").stream()
                  .anyMatch(Set.of("sensation-reduced", "sensation-absent")::contains)
              || SIDES.stream().anyMatch(side -> weaker(response, side, prepared(before, side)));
      case "discharge" -> said(response, "new-deficit");
      case "left-call" -> said(response, "alarm-nerves");
      default -> false;
    };
  }

  private static boolean said(QuestionnaireResponse response, String... questions) {
    return Stream.of(questions).anyMatch(question -> Moment.isTrue(response, question));
  }

  private static boolean weaker(QuestionnaireResponse response, String side, int baseline) {
    return lowest(response, "leg-power-" + side).orElse(baseline) < baseline;
  }

  /** The examination asks for the power of each root only where it finds a deficit. */
  private static int examined(Moment moment, String side) {
    return moment
        .last("eligibility-exam")
        .map(
            exam ->
                Stream.of("l2", "l3", "l4", "l5", "s1")
                    .map(root -> lowest(exam, "power-" + root + '-' + side))
                    .flatMapToInt(OptionalInt::stream)
                    .min()
                    .orElse(FULL))
        .orElse(FULL);
  }

  private static int prepared(Moment moment, String side) {
    return moment
        .last("pre-procedure")
        .map(preparation -> lowest(preparation, "leg-power-" + side).orElse(0))
        .orElse(0);
  }

  private static OptionalInt lowest(QuestionnaireResponse response, String question) {
    return Moment.answers(response, question)
        .mapToInt(power -> Integer.parseInt(power.primitiveValue()))
        .min();
  }
}
