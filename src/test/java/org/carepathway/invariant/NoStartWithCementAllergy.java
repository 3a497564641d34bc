package org.carepathway.invariant;

import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Resource;

/**
 * No procedure starts with a known allergy to PMMA, unless it came on file after the preparation
 * and the physician says why the patient was treated all the same.
 */
final class NoStartWithCementAllergy implements Invariant {

  @Override
  public List<String> proves() {
    return List.of("S3", "D3-A1");
  }

  private static final String PMMA = "427811002";

  @Override
  public List<String> broken(Moment before, Moment after) {
    if (ProcedureStart.in(before, after).isEmpty()) {
      return List.of();
    }
    Stream<String> known =
        Stream.concat(before.record().stream(), before.known().stream())
            .filter(AllergyIntolerance.class::isInstance)
            .map(AllergyIntolerance.class::cast)
            .filter(allergy -> Moment.has(allergy.getCode(), PMMA))
            .filter(allergy -> !Moment.has(allergy.getVerificationStatus(), "refuted"))
            .filter(allergy -> !Moment.has(allergy.getVerificationStatus(), "entered-in-error"))
            .filter(allergy -> !Moment.has(allergy.getClinicalStatus(), "inactive"))
            .filter(allergy -> !Moment.has(allergy.getClinicalStatus(), "resolved"))
            .filter(allergy -> !overridden(before, after, allergy))
            .map(Moment::name);
    Stream<String> answered =
        Stream.of("eligibility-exam", "pre-procedure")
            .flatMap(form -> before.last(form).stream())
            .filter(NoStartWithCementAllergy::says)
            .map(Resource.class::cast)
            .map(Moment::name);
    return Stream.concat(known, answered)
        .distinct()
        .map(where -> "a procedure was started in spite of " + where)
        .toList();
  }

  private static boolean overridden(Moment before, Moment after, AllergyIntolerance allergy) {
    return InSpite.isNewAtTheTable(before, allergy) && InSpite.said(after, "in-spite-allergy");
  }

  private static boolean says(QuestionnaireResponse response) {
    return Moment.isTrue(response, "cement-allergy");
  }
}
