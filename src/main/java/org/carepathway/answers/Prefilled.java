package org.carepathway.answers;

import org.carepathway.form.Form;
import org.carepathway.form.Sources;
import org.carepathway.template.FhirPathContext;
import org.hl7.fhir.r4.model.QuestionnaireResponse;

/**
 * A form with its first answers.
 *
 * @param context what its expressions can see, the form's own variables among it
 */
public record Prefilled(Form form, QuestionnaireResponse answers, FhirPathContext context) {

  /** Which resources the answers were read from. */
  public Sources sources() {
    return Sources.of(answers, context);
  }
}
