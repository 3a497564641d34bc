package org.carepathway.answers;

import java.util.List;
import org.carepathway.form.FormIssue;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Resource;

/**
 * Answers in place of earlier ones. Nothing is written yet.
 *
 * @param answers with the id of the earlier ones
 * @param warnings that were confirmed
 * @param before what the earlier answers make today
 * @param after what the new ones make, under the same ids
 */
public record Replaced(
    QuestionnaireResponse answers,
    List<FormIssue> warnings,
    List<Resource> before,
    List<Resource> after) {}
