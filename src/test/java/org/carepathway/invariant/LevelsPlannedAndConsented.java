package org.carepathway.invariant;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.QuestionnaireResponse;

/**
 * Every level that was treated was planned, and planned when the patient consented. The Consent
 * itself names no level, so the plan at the time of the talk is what was consented to.
 */
final class LevelsPlannedAndConsented implements Invariant {

  @Override
  public List<String> proves() {
    return List.of("S6");
  }

  @Override
  public List<String> broken(Moment before, Moment after) {
    List<String> planned =
        before
            .last("eligibility-exam")
            .map(exam -> Moment.codes(exam, "level-planned"))
            .orElse(List.of());
    List<String> consented = consented(before);
    return ProcedureStart.levels(before, after)
        .filter(level -> !planned.contains(site(level)) || !consented.contains(site(level)))
        .map(
            level ->
                "level %s was treated; planned %s, consented %s"
                    .formatted(site(level), planned, consented))
        .toList();
  }

  private static List<String> consented(Moment moment) {
    Optional<Consent> consent =
        moment
            .all(Consent.class)
            .filter(some -> some.getStatus() == ConsentState.ACTIVE)
            .max(Comparator.comparing(Consent::getDateTime));
    return consent
        .flatMap(given -> moment.responses("consent").reduce((first, last) -> last))
        .flatMap(
            talk ->
                moment
                    .responses("eligibility-exam")
                    .filter(exam -> !exam.getAuthored().after(talk.getAuthored()))
                    .reduce((first, last) -> last))
        .map((QuestionnaireResponse exam) -> Moment.codes(exam, "level-planned"))
        .orElse(List.of());
  }

  private static String site(Procedure level) {
    return level.getBodySite().stream()
        .flatMap(site -> site.getCoding().stream())
        .map(Coding::getCode)
        .findFirst()
        .orElse("none");
  }
}
