package org.carepathway.form;

import java.util.List;
import org.carepathway.template.FhirPathContext;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.springframework.stereotype.Component;

/**
 * Checks a response against its form. It never trusts the page: everything is checked here.
 *
 * <p>Stricter than R4 in one place: what is required in a group that cannot repeat is required even
 * when the whole group is missing. Otherwise a client could pass a gate by leaving a section out.
 */
@Component
public class AnswerCheck {

  private final FhirPaths paths;

  public AnswerCheck(FhirPaths paths) {
    this.paths = paths;
  }

  /**
   * Checks a response. It throws nothing for whatever a client may have sent.
   *
   * @param prefilled what {@link Population} made for this person and moment: read-only and hidden
   *     answers must be equal to it. Null to leave that out.
   * @param context variables for the constraints; {@code %resource} is set here
   * @return what is wrong, in the order of the form; empty when the response is sound
   */
  public List<FormIssue> check(
      Form form,
      QuestionnaireResponse response,
      QuestionnaireResponse prefilled,
      FhirPathContext context) {
    Findings findings = new Findings();
    if (!form.canonical().equals(response.getQuestionnaire())) {
      String message =
          "These are answers to '%s', not to '%s': load the form again"
              .formatted(response.getQuestionnaire(), form.canonical());
      findings.addWhole(null, Place.ROOT, FormIssue.FORM, message);
    }
    Origin origin =
        prefilled == null ? Origin.UNKNOWN : new Origin(true, false, prefilled.getItem());
    ConstraintCheck constraints = new ConstraintCheck(paths, context, response, findings);
    new ResponseWalk(form, constraints, findings).walk(response, origin);
    return findings.issues();
  }

  /** Checks a response when there is no prefill to compare with. */
  public List<FormIssue> check(Form form, QuestionnaireResponse response, FhirPathContext context) {
    return check(form, response, null, context);
  }
}
