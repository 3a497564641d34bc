package org.carepathway.answers;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.io.Serial;
import java.util.List;
import org.carepathway.form.FormIssue;
import org.carepathway.form.Posted;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** Answers break rules of their form (422); nothing was written. */
public final class AnswersRefused extends UnprocessableEntityException {

  @Serial private static final long serialVersionUID = 1L;

  private final transient Prefilled first;
  private final transient Posted posted;
  private final transient List<FormIssue> issues;

  AnswersRefused(Prefilled first, Posted posted, List<FormIssue> issues) {
    super("The answers break rules of the form.", outcome(issues));
    this.first = first;
    this.posted = posted;
    this.issues = List.copyOf(issues);
  }

  /** The form as it was pre-filled when the answers were checked. */
  public Prefilled first() {
    return first;
  }

  /** The answers as they were read. */
  public Posted posted() {
    return posted;
  }

  /** What is wrong, field by field. */
  public List<FormIssue> issues() {
    return issues;
  }

  private static OperationOutcome outcome(List<FormIssue> issues) {
    OperationOutcome outcome = new OperationOutcome();
    for (FormIssue issue : issues) {
      outcome
          .addIssue()
          .setSeverity(
              issue.severity() == FormIssue.Severity.ERROR
                  ? IssueSeverity.ERROR
                  : IssueSeverity.WARNING)
          .setCode(IssueType.INVALID)
          .setDiagnostics(issue.message())
          .addExpression(issue.path())
          .getDetails()
          .setText(issue.rule());
    }
    return outcome;
  }
}
