package org.carepathway.worklist.web;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.carepathway.answers.web.AnswerLine;
import org.carepathway.form.Form;
import org.carepathway.page.PlainText;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.worklist.WorkItem;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;

/**
 * Who was faster, and what changed: for a person whose answers cannot be taken.
 *
 * @param reason in words; empty where what follows says it all
 * @param who the name of who changed it
 * @param at when; null where nobody knows
 * @param recorded the answers that were taken instead
 * @param open what is open on the pathway now
 */
public record Meanwhile(
    String reason, String who, Instant at, List<AnswerLine> recorded, List<TaskLine> open) {

  /** What happened to a task. */
  public static Meanwhile of(WorkItem item, OpenPathway pathway, Form form, PlainText text) {
    Task task = pathway.record().get(Task.class, item.id().toString());
    return new Meanwhile(
        "",
        task.getOwner().getDisplay(),
        item.endedAt(),
        answers(task, pathway).map(a -> AnswerLine.of(a, form, text)).orElse(List.of()),
        List.of());
  }

  /** What happened last on a pathway. */
  public static Meanwhile of(String reason, OpenPathway pathway, List<TaskLine> open) {
    Optional<Provenance> last =
        resources(pathway, Provenance.class).max(Comparator.comparing(Provenance::getRecorded));
    return new Meanwhile(
        reason,
        last.map(change -> change.getAgentFirstRep().getWho().getDisplay()).orElse(""),
        last.map(change -> change.getRecorded().toInstant()).orElse(null),
        List.of(),
        open);
  }

  private static Optional<QuestionnaireResponse> answers(Task task, OpenPathway pathway) {
    return task.getOutput().stream()
        .map(output -> ((Reference) output.getValue()).getReferenceElement().getIdPart())
        .findFirst()
        .flatMap(id -> pathway.record().find(QuestionnaireResponse.class, id));
  }

  private static <T extends Resource> Stream<T> resources(OpenPathway pathway, Class<T> type) {
    return pathway.resources(Set.of(type.getSimpleName())).stream().map(type::cast);
  }
}
