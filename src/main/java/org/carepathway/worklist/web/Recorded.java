package org.carepathway.worklist.web;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.carepathway.answers.web.AnswerLine;
import org.carepathway.form.Form;
import org.carepathway.page.PlainText;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.worklist.WorkItem;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;

/**
 * What was recorded by a task that is over.
 *
 * @param who the name of who did it
 * @param at when; null where nobody knows
 * @param answers to its form; empty where it was cancelled
 */
public record Recorded(WorkItem item, String who, Instant at, List<AnswerLine> answers) {

  public static Recorded of(WorkItem item, OpenPathway pathway, Form form, PlainText text) {
    Task task = pathway.record().get(Task.class, item.id().toString());
    return new Recorded(
        item,
        task.getOwner().getDisplay(),
        item.endedAt(),
        answers(task, pathway).map(a -> AnswerLine.of(a, form, text)).orElse(List.of()));
  }

  private static Optional<QuestionnaireResponse> answers(Task task, OpenPathway pathway) {
    return task.getOutput().stream()
        .map(output -> ((Reference) output.getValue()).getReferenceElement().getIdPart())
        .findFirst()
        .flatMap(id -> pathway.record().find(QuestionnaireResponse.class, id));
  }
}
