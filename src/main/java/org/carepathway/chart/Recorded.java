package org.carepathway.chart;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.hl7.fhir.r4.model.Resource;
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
   * @param answers to the step's form
   * @param judgements of the step's decision tables
   * @param facts all resources that were written
   */
  record Writing(
      Instant at,
      String who,
      List<AnswerLine> answers,
      List<Judgement> judgements,
      List<Fact> facts) {}

  /** The oldest first. */
  List<Writing> of(OpenPathway open, String element, List<Provenance> provenances) {
    Map<String, Resource> byReference = new HashMap<>();
    open.record()
        .all()
        .forEach(r -> byReference.put(r.fhirType() + '/' + r.getIdElement().getIdPart(), r));
    return provenances.stream()
        .sorted(Comparator.comparing(Provenance::getRecorded))
        .map(provenance -> writing(open, element, provenance, byReference))
        .toList();
  }

  private Writing writing(
      OpenPathway open, String element, Provenance provenance, Map<String, Resource> byReference) {
    List<Resource> written =
        StepProvenance.targets(provenance, element).stream()
            .map(target -> byReference.get(target.getReference()))
            .filter(Objects::nonNull)
            .toList();
    return new Writing(
        provenance.getRecorded().toInstant(),
        provenance.getAgentFirstRep().getWho().getDisplay(),
        written.stream()
            .filter(QuestionnaireResponse.class::isInstance)
            .map(QuestionnaireResponse.class::cast)
            .flatMap(answers -> answers(open, answers).stream())
            .toList(),
        written.stream()
            .filter(GuidanceResponse.class::isInstance)
            .map(
                evidence ->
                    Judgement.of((GuidanceResponse) evidence, open.content().tables(), text, texts))
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
}
