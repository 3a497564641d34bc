package org.carepathway.invariant;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskPriority;

/** Every red flag that is answered or reported makes an urgent task within a minute. */
final class RedFlagMakesUrgentTask implements Invariant {

  @Override
  public List<String> proves() {
    return List.of("Red-flag call", "Emergency neuro/infection");
  }

  private static final long MINUTE = 60_000;

  /** The questions of each form that ask for a red flag. */
  private static final Map<String, List<String>> FLAGS =
      Map.of(
          "referral", List.of("bladder-bowel", "neuro-symptoms", "fever-or-infection"),
          "recovery", List.of("neuro-deficit", "chest-pain", "anaphylaxis"),
          "pre-procedure", List.of("new-weakness", "new-numbness", "new-bladder-bowel"),
          "follow-up", followUp(),
          "red-flag", followUp());

  @Override
  public List<String> broken(Moment before, Moment after) {
    return after
        .turned(before, QuestionnaireResponse.class, RedFlagMakesUrgentTask::raises)
        .filter(response -> after.active())
        .filter(
            response ->
                after
                    .turned(before, Task.class, task -> true)
                    .noneMatch(task -> urgent(task) && inTime(task, response)))
        .map(response -> Moment.name(response) + " raises a red flag and makes no urgent task")
        .toList();
  }

  private static boolean raises(QuestionnaireResponse response) {
    String form = response.getQuestionnaire().replaceAll(".*/Questionnaire/|\\|.*", "");
    return FLAGS.getOrDefault(form, List.of()).stream()
        .anyMatch(flag -> Moment.isTrue(response, flag));
  }

  private static boolean urgent(Task task) {
    return Set.of(TaskPriority.URGENT, TaskPriority.ASAP, TaskPriority.STAT)
        .contains(task.getPriority());
  }

  private static boolean inTime(Task task, QuestionnaireResponse response) {
    return task.getAuthoredOn().getTime() - response.getAuthored().getTime() <= MINUTE;
  }

  private static List<String> followUp() {
    return Stream.of(
            "chest-pain",
            "breathless",
            "weakness",
            "numbness",
            "saddle",
            "bladder-bowel",
            "fever",
            "wound",
            "new-pain")
        .map(flag -> "red-flag-" + flag)
        .toList();
  }
}
