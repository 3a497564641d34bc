package org.carepathway.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.carepathway.engine.model.Diagram;
import org.carepathway.page.Dates;
import org.carepathway.page.Fact;
import org.carepathway.page.Facts;
import org.carepathway.page.PlainText;
import org.carepathway.page.Texts;
import org.carepathway.pathway.OpenPathway;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.GuidanceResponse;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** All that is known, in clinical words, day by day. */
@Component
class RecordPart {

  /** What the rest of the page shows, or nobody but an auditor wants to read. */
  private static final Set<String> BOOKKEEPING =
      Set.of("Patient", "EpisodeOfCare", "CarePlan", "Task", "Provenance", "Binary");

  private final Facts facts;
  private final Dates dates;
  private final Texts texts;
  private final PlainText text;

  RecordPart(Facts facts, Dates dates, Texts texts) {
    this.facts = facts;
    this.dates = dates;
    this.texts = texts;
    this.text = new PlainText(dates, texts);
  }

  /**
   * @param all whether the bookkeeping is listed too
   */
  void show(OpenPathway open, boolean all, Model model) {
    List<Fact> known =
        facts
            .withResources(
                open.record().all().stream()
                    .filter(resource -> all || !BOOKKEEPING.contains(resource.fhirType()))
                    .toList())
            .entrySet()
            .stream()
            .map(one -> inWords(open, one.getKey(), one.getValue()))
            .toList();
    Map<String, List<Fact>> days = new LinkedHashMap<>();
    known.forEach(fact -> days.computeIfAbsent(day(fact), day -> new ArrayList<>()).add(fact));
    model.addAttribute("days", days);
    model.addAttribute("all", all);
  }

  /**
   * A decision says why, in the words of its rules; codes and numbers are on the page of its step.
   */
  private Fact inWords(OpenPathway open, Fact fact, Resource resource) {
    if (resource instanceof Provenance done) {
      return fact.about(steps(open, done)).saying(done.getAgentFirstRep().getWho().getDisplay());
    }
    if (resource instanceof QuestionnaireResponse given) {
      return open.content()
          .formOf(given)
          .map(form -> fact.about(texts.of(form.title())))
          .orElse(fact);
    }
    return resource instanceof GuidanceResponse evidence
        ? decided(fact, Judgement.of(evidence, new DecisionWords(open.content(), text, texts)))
        : fact;
  }

  private static Fact decided(Fact fact, Judgement judgement) {
    return fact.about(judgement.decision())
        .saying(
            judgement.rules().stream()
                .map(Judgement.Rule::text)
                .filter(words -> !words.isEmpty())
                .distinct()
                .collect(Collectors.joining("; ")));
  }

  /** What the steps that wrote are called; what has no name is the service's own work. */
  private String steps(OpenPathway open, Provenance done) {
    return done.getActivity().getCoding().stream()
        .map(Coding::getCode)
        .flatMap(
            element ->
                open.content().diagrams().stream()
                    .flatMap(diagram -> diagram.node(element).stream())
                    .limit(1))
        .map(Diagram.Node::name)
        .filter(name -> !name.isEmpty())
        .distinct()
        .map(texts::of)
        .collect(Collectors.joining(", "));
  }

  /** Empty for what has no date. */
  private String day(Fact fact) {
    return fact.at().getTime() == 0 ? "" : dates.day(fact.at().toInstant());
  }
}
