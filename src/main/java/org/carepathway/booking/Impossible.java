package org.carepathway.booking;

import java.io.Serial;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** What was asked for cannot be done; thrown out of a transaction, it is rolled back. */
final class Impossible extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final IssueType code;

  Impossible(IssueType code, String message) {
    super(message);
    this.code = code;
  }

  OperationOutcome outcome() {
    OperationOutcome outcome = new OperationOutcome();
    outcome
        .addIssue()
        .setSeverity(IssueSeverity.FATAL)
        .setCode(code)
        .setDiagnostics(getMessage() + " Nothing was changed.");
    return outcome;
  }
}
