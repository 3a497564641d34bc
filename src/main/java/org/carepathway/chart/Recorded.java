package org.carepathway.chart;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.carepathway.amendment.Correction;
import org.carepathway.answers.web.AnswerLine;
import org.carepathway.form.Form;
import org.carepathway.page.Dates;
import org.carepathway.page.Fact;
import org.carepathway.page.Facts;
import org.carepathway.page.PlainText;
import org.carepathway.page.Texts;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.record.StepProvenance;
import org.hl7.fhir.r4.model.GuidanceResponse;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.springframework.stereotype.Component;

/** What a step recorded, each time it was done. */
@Component
class Recorded {

  private final Facts facts;
  private final Texts texts;
  private final PlainText text;

  Recorded(Facts facts, Dates dates, Texts texts) {
    this.facts = facts;
    this.texts = texts;
    this.text = new PlainText(dates, texts);
  }

  /**
   * One doing of a step.
   *
   * @param who the name of who did it; the service itself for what it does by itself
   * @param answers to the step's form; where they were corrected later, that is where they stand
   * @param task whose answers they are; null where they are not those of a task
   * @param corrections of the answers, the oldest first
   * @param judgements of the step's decision tables
   * @param facts all resources that were written
   */
  record Writing(
      Instant at,
      String who,
      List<AnswerLine> answers,
      Asked task,
      List<Correction> corrections,
      List<Judgement> judgements,
      List<Fact> facts) {}

  /**
   * @param id of the task
   * @param role code of who may do it
   */
  record Asked(String id, String role) {}

  /** The oldest first. */
  List<Writing> of(OpenPathway open, String element, List<Provenance> provenances) {
    Map<String, Resource> byReference = new HashMap<>();
    open.record()
        .all()
        .forEach(r -> byReference.put(r.fhirType() + '/' + r.getIdElement().getIdPart(), r));
    return provenances.stream()
        .sorted(Comparator.comparing(Provenance::getRecorded))
        .map(provenance -> writing(open, element, provenance, byReference, provenances))
        .toList();
  }

  private Writing writing(
      OpenPathway open,
      String element,
      Provenance provenance,
      Map<String, Resource> byReference,
      List<Provenance> all) {
    List<Resource> written =
        StepProvenance.targets(provenance, element).stream()
            .map(target -> byReference.get(target.getReference()))
            .filter(Objects::nonNull)
            .toList();
    List<QuestionnaireResponse> given =
        written.stream()
            .filter(QuestionnaireResponse.class::isInstance)
            .map(QuestionnaireResponse.class::cast)
            .filter(answers -> isLast(provenance, answers, all))
            .toList();
    return new Writing(
        provenance.getRecorded().toInstant(),
        provenance.getAgentFirstRep().getWho().getDisplay(),
        given.stream().flatMap(answers -> answers(open, answers).stream()).toList(),
        given.stream().flatMap(answers -> task(open, answers).stream()).findFirst().orElse(null),
        given.stream().flatMap(answers -> Correction.of(answers).stream()).toList(),
        written.stream()
            .filter(GuidanceResponse.class::isInstance)
            .map(
                evidence ->
                    Judgement.of(
                        (GuidanceResponse) evidence,
                        new DecisionWords(open.content(), text, texts)))
            .toList(),
        facts.of(
            written.stream().filter(resource -> !resource.fhirType().equals("CarePlan")).toList()));
  }

  private List<AnswerLine> answers(OpenPathway open, QuestionnaireResponse answers) {
    return open.content()
        .formOf(answers)
        .map((Form form) -> AnswerLine.of(answers, texts.of(form), text))
        .orElse(List.of());
  }

  /** Corrected answers stand where they were corrected last. */
  private static boolean isLast(
      Provenance provenance, QuestionnaireResponse answers, List<Provenance> all) {
    String reference = "QuestionnaireResponse/" + answers.getIdElement().getIdPart();
    return all.stream()
        .filter(
            one ->
                one.getTarget().stream().map(Reference::getReference).anyMatch(reference::equals))
        .noneMatch(one -> one.getRecorded().after(provenance.getRecorded()));
  }

  private static Optional<Asked> task(OpenPathway open, QuestionnaireResponse answers) {
    String reference = "QuestionnaireResponse/" + answers.getIdElement().getIdPart();
    return open.resources(Set.of("Task")).stream()
        .map(Task.class::cast)
        .filter(
            task ->
                task.getOutput().stream()
                    .anyMatch(
                        output ->
                            output.getValue() instanceof Reference to
                                && reference.equals(to.getReference())))
        .map(
            task ->
                new Asked(
                    task.getIdElement().getIdPart(),
                    task.getPerformerTypeFirstRep().getCodingFirstRep().getCode()))
        .findFirst();
  }
}
