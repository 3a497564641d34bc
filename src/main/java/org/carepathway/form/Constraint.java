package org.carepathway.form;

import org.carepathway.form.FormIssue.Severity;

/**
 * A rule over answers (extension questionnaire-constraint). The expression must give true: an empty
 * result is a broken rule, as for FHIR invariants.
 *
 * @param message for people; what stands in double braces is FHIRPath, relative to the same place
 * @param location FHIRPath, relative to the same place, of the item to mark; may be null
 */
public record Constraint(
    String key, Severity severity, String expression, String message, String location) {}
