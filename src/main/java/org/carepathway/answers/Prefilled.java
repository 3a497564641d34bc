package org.carepathway.answers;

import org.carepathway.form.Sources;
import org.hl7.fhir.r4.model.QuestionnaireResponse;

/** The first answers of a form, and which resources they were read from. */
public record Prefilled(QuestionnaireResponse answers, Sources sources) {}
