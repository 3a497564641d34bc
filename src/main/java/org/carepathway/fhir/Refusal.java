package org.carepathway.fhir;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** Refusals of a rule of ours, that name the element and say what to do. */
public final class Refusal {

  private Refusal() {}

  /**
   * A rule of the pathway speaks against it (422).
   *
   * @param path of the element, such as {@code ServiceRequest.subject}
   * @param text which rule, and what to do
   */
  public static BaseServerResponseException rule(String path, String text) {
    return new UnprocessableEntityException(text, outcome(IssueType.BUSINESSRULE, path, text));
  }

  /** What is stored already speaks against it (409). */
  public static BaseServerResponseException conflict(String path, String text) {
    return new ResourceVersionConflictException(text, outcome(IssueType.CONFLICT, path, text));
  }

  /** What is stored already is another's (409); to send it again changes nothing. */
  public static BaseServerResponseException duplicate(String path, String text) {
    return new ResourceVersionConflictException(text, outcome(IssueType.DUPLICATE, path, text));
  }

  /** Whether it is of that kind, unlike a conflict that passes. */
  public static boolean isDuplicate(BaseServerResponseException refusal) {
    return refusal.getOperationOutcome() instanceof OperationOutcome outcome
        && outcome.getIssueFirstRep().getCode() == IssueType.DUPLICATE;
  }

  /**
   * @param path of the element; null where it is about no element
   */
  public static OperationOutcome outcome(IssueType type, String path, String text) {
    OperationOutcome outcome = new OperationOutcome();
    outcome.addIssue().setSeverity(IssueSeverity.ERROR).setCode(type).setDiagnostics(text);
    if (path != null) {
      outcome.getIssueFirstRep().addExpression(path);
    }
    return outcome;
  }
}
