package org.carepathway.fhir;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import org.carepathway.database.Outage;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is answered where not the sender is at fault: whether anything was stored, and under which
 * id the operator finds the cause in the log.
 *
 * @param id of the request
 */
record FaultAnswers(String id) {

  private static final Logger LOG = LoggerFactory.getLogger(FaultAnswers.class);

  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;
  private static final String RETRY_SECONDS = "10";

  BaseServerResponseException ofDatabase(DatabaseFault kind, Throwable fault) {
    return switch (kind) {
      case CONFLICT ->
          new ResourceVersionConflictException(
              "Somebody else changed this at the same moment. Read it again, then try again.");
      case TOO_SLOW -> {
        LOG.warn("request {} took too long: {}", id, fault.getMessage());
        yield new UnclassifiedServerFailureException(
                UNAVAILABLE,
                "This took too long and was stopped; nothing was changed. Ask for less.")
            .addResponseHeader("Retry-After", RETRY_SECONDS);
      }
      case UNSTORABLE -> {
        LOG.warn("request {} brought what the database does not take: {}", id, fault.getMessage());
        yield new UnprocessableEntityException(
            "A value is too long to be stored or to be searched by; nothing was changed. Make"
                + " identifiers, codes, addresses and conditions shorter.");
      }
      case GONE -> gone(fault);
      case OTHER -> failed(fault);
    };
  }

  /** It was lost before the commit: what is stored is answered otherwise. */
  BaseServerResponseException gone(Throwable fault) {
    LOG.error("request {} lost the database", id, fault);
    String text = "The database does not answer; nothing was changed. Try again later.";
    OperationOutcome outcome = Outage.outcome();
    outcome.getIssueFirstRep().setDiagnostics(text);
    return new UnclassifiedServerFailureException(UNAVAILABLE, text, outcome)
        .addResponseHeader("Retry-After", RETRY_SECONDS);
  }

  BaseServerResponseException failed(Throwable fault) {
    LOG.error("request {} failed", id, fault);
    return new InternalErrorException(
        "The request failed; nothing was changed. The operator finds the cause in the log under"
            + " the id "
            + id);
  }

  BaseServerResponseException after(Committed.State state, Throwable fault) {
    LOG.error("request {} failed after it was stored", id, fault);
    return state == Committed.State.STORED ? stored() : unknown();
  }

  /** No error, for it is done: who takes it for one sends it again. */
  private BaseServerResponseException stored() {
    String text =
        "This was done and stored. What it is now could not be read: read it, and do not send it"
            + " again. The operator finds the cause in the log under the id "
            + id;
    OperationOutcome outcome = new OperationOutcome();
    outcome
        .addIssue()
        .setSeverity(IssueSeverity.WARNING)
        .setCode(IssueType.INCOMPLETE)
        .setDiagnostics(text);
    return new UnclassifiedServerFailureException(OK, text, outcome);
  }

  private BaseServerResponseException unknown() {
    return new InternalErrorException(
        "The connection to the database broke while this was stored: it may be stored or not. Read"
            + " it before you send it again. The operator finds the cause in the log under the id "
            + id);
  }
}
