package org.carepathway.invariant;

import java.util.List;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/** Every follow-up contact falls in its window, or says why not. */
final class ContactInItsWindow implements Invariant {

  @Override
  public List<String> proves() {
    return List.of("D7");
  }

  @Override
  public List<String> broken(Moment before, Moment after) {
    return after
        .turned(before, Task.class, task -> task.getStatus() == TaskStatus.COMPLETED)
        .filter(task -> task.getCode().getCodingFirstRep().getCode().startsWith("ContactAt"))
        .filter(task -> late(task, after))
        .map(task -> task.getCode().getText() + " was late and has no reason")
        .toList();
  }

  private static boolean late(Task task, Moment moment) {
    QuestionnaireResponse answers =
        task.getOutput().stream()
            .map(output -> ((Reference) output.getValue()).getReference())
            .map(reference -> reference.substring(reference.indexOf('/') + 1))
            .flatMap(id -> moment.find(QuestionnaireResponse.class, id).stream())
            .findFirst()
            .orElseThrow();
    return answers.getAuthored().after(task.getRestriction().getPeriod().getEnd())
        && Moment.codes(answers, "late-reason").isEmpty();
  }
}
