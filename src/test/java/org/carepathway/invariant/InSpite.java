package org.carepathway.invariant;

import java.time.Instant;
import java.util.Optional;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Resource;

/**
 * What came on file only after the preparation, the last gate that can stop a hand. From then on a
 * physician may have treated in spite of it, with a reason that is kept as a detected issue.
 */
final class InSpite {

  private static final int LEAST_REASON = 10;

  private InSpite() {}

  /** Whether the store learnt of it after the nurse had prepared the patient. */
  static boolean isNewAtTheTable(Moment before, Resource known) {
    Optional<Instant> prepared =
        before.last("pre-procedure").map(form -> form.getAuthored().toInstant());
    return known.getMeta().hasLastUpdated()
        && prepared
            .filter(then -> known.getMeta().getLastUpdated().toInstant().isAfter(then))
            .isPresent();
  }

  /** Whether the physician who recorded the procedure said that it was done in spite of this. */
  static boolean said(Moment after, String code) {
    boolean kept =
        after.all(DetectedIssue.class).anyMatch(issue -> Moment.has(issue.getCode(), code));
    return kept
        && after
            .last("procedure")
            .filter(form -> Moment.codes(form, "in-spite-of").contains(code))
            .filter(InSpite::hasReason)
            .filter(form -> "ir-physician".equals(form.getAuthor().getIdentifier().getValue()))
            .isPresent();
  }

  private static boolean hasReason(QuestionnaireResponse form) {
    return Moment.answers(form, "in-spite-reason")
        .anyMatch(reason -> reason.primitiveValue().length() >= LEAST_REASON);
  }
}
