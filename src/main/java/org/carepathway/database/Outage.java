package org.carepathway.database;

import java.time.Duration;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** What senders are told while the database does not answer. */
public final class Outage {

  /** A guess: long for a restart, short for a fault of the hardware. */
  public static final Duration RETRY_AFTER = Duration.ofSeconds(10);

  /** What was under way may have been kept: only what was refused at once is certain. */
  public static final String TEXT =
      "The database does not answer at the moment. Try again in a while; if this was a change, read"
          + " first whether it was kept.";

  private Outage() {}

  public static OperationOutcome outcome() {
    OperationOutcome outcome = new OperationOutcome();
    outcome
        .addIssue()
        .setSeverity(IssueSeverity.ERROR)
        .setCode(IssueType.TRANSIENT)
        .setDiagnostics(TEXT);
    return outcome;
  }
}
