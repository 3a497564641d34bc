package org.carepathway.answers;

import java.util.EnumSet;
import java.util.Set;
import org.carepathway.fhir.Refusal;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;

/** Answers are taken that are finished, and of the patient whose task it is. */
final class SentAnswers {

  private static final Set<QuestionnaireResponseStatus> FINISHED =
      EnumSet.of(QuestionnaireResponseStatus.COMPLETED, QuestionnaireResponseStatus.AMENDED);

  private SentAnswers() {}

  /**
   * @throws ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException (422) that names the
   *     element
   */
  static void require(QuestionnaireResponse sent, String patientId) {
    if (!FINISHED.contains(sent.getStatus())) {
      throw Refusal.rule(
          "QuestionnaireResponse.status",
          "Answers are taken with the status completed or amended, and these have the status '%s'; nothing was changed."
              .formatted(sent.hasStatus() ? sent.getStatus().toCode() : "none"));
    }
    if (sent.hasSubject() && !isOf(sent, patientId)) {
      throw Refusal.rule(
          "QuestionnaireResponse.subject",
          "These answers are about another subject than this task, which is about Patient/%s; nothing was changed. Answer the task of that patient."
              .formatted(patientId));
    }
  }

  private static boolean isOf(QuestionnaireResponse sent, String patientId) {
    IdType subject = new IdType(sent.getSubject().getReference());
    return patientId.equals(subject.getIdPart())
        && (!subject.hasResourceType() || "Patient".equals(subject.getResourceType()));
  }
}
