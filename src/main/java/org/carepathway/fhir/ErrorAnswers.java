package org.carepathway.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.carepathway.database.DatabaseWatch;
import org.carepathway.database.Outage;
import org.carepathway.fhir.Committed.State;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * An unexpected fault is logged under the request's id; the sender is given the id and no more, and
 * whether anything was stored.
 */
@Component
@Interceptor
class ErrorAnswers implements FhirInterceptor {

  private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);

  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;
  private static final String RETRY_SECONDS = "10";

  /** What cannot be seen and what does not exist are answered in the same words. */
  private static final Set<RestOperationTypeEnum> OF_ONE =
      EnumSet.of(
          RestOperationTypeEnum.READ,
          RestOperationTypeEnum.VREAD,
          RestOperationTypeEnum.HISTORY_INSTANCE,
          RestOperationTypeEnum.PATCH,
          RestOperationTypeEnum.UPDATE);

  private static final Pattern NOTHING =
      Pattern.compile("^There is (nothing here under|no task)|is not known$");

  /** In the words of HAPI 8.8, which makes a conflict (409) of it. */
  private static final Pattern STALE =
      Pattern.compile("but this is not the current version|is not the most recent version");

  private static final Pattern MISSING =
      Pattern.compile("Resource (\\w+/[A-Za-z0-9.-]+) not found, specified in path");
  private static final String PATCHING = "ca.uhn.fhir.jpa.patch.";

  private final Committed committed;
  private final DatabaseWatch database;
  private final UnreadableRequest unreadable;

  ErrorAnswers(Committed committed, DatabaseWatch database, UnreadableRequest unreadable) {
    this.unreadable = unreadable;
    this.committed = committed;
    this.database = database;
  }

  @Hook(Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION)
  public BaseServerResponseException answer(Throwable fault, RequestDetails request) {
    Optional<State> state = committed.now();
    if (state.isPresent()) {
      LOG.error("request {} failed after it was stored", id(request), fault);
      return state.get() == State.STORED ? stored(id(request)) : unknown(id(request));
    }
    if (fault instanceof UnreadableResource stored) {
      return stored;
    }
    if (fault instanceof ResourceNotFoundException && isOfRequest(fault, request)) {
      return NothingHere.of(request.getId().toUnqualified().getValue());
    }
    if (STALE.matcher(String.valueOf(fault.getMessage())).find()) {
      return new PreconditionFailedException(
          "If-Match names a version that is not the current one; nothing was changed. Read it"
              + " again, then try again.");
    }
    Matcher missing = MISSING.matcher(String.valueOf(fault.getMessage()));
    if (fault instanceof InvalidRequestException && missing.find()) {
      return NothingHere.referred(missing.group(1));
    }
    Optional<DatabaseFault> ofDatabase = DatabaseFault.of(fault);
    if (ofDatabase.isPresent()) {
      return ofDatabase(ofDatabase.get(), fault, id(request));
    }
    if (fault instanceof BaseServerResponseException known && known.getStatusCode() < 500) {
      return PlainWords.of(known);
    }
    Optional<BaseServerResponseException> ofRequest = unreadable.explains(fault, request);
    if (ofRequest.isPresent()) {
      LOG.warn("request {} cannot be read: {}", id(request), fault.toString());
      return PlainWords.of(ofRequest.get());
    }
    if (isOfPatch(fault)) {
      return new InvalidRequestException(
          "The patch cannot be applied to this resource, and nothing was changed: an operation names what is not there, or puts in what does not belong there.");
    }
    return database.explains(fault) ? gone(fault, id(request)) : failed(fault, id(request));
  }

  private static BaseServerResponseException ofDatabase(
      DatabaseFault kind, Throwable fault, String id) {
    return switch (kind) {
      case CONFLICT ->
          new ResourceVersionConflictException(
              "Somebody else changed this at the same moment. Read it again, then try again.");
      case TOO_SLOW -> {
        LOG.warn("request {} took too long: {}", id, fault.getMessage());
        yield unavailable("This took too long and was stopped; nothing was changed. Ask for less.");
      }
      case UNSTORABLE -> {
        LOG.warn("request {} brought what the database does not take: {}", id, fault.getMessage());
        yield new UnprocessableEntityException(
            "A value is too long to be stored or to be searched by; nothing was changed. Make"
                + " identifiers, codes, addresses and conditions shorter.");
      }
      case GONE -> gone(fault, id);
      case OTHER -> failed(fault, id);
    };
  }

  /** It was lost before the commit: the other cases are answered above. */
  private static BaseServerResponseException gone(Throwable fault, String id) {
    LOG.error("request {} lost the database", id, fault);
    String text = "The database does not answer; nothing was changed. Try again later.";
    OperationOutcome outcome = Outage.outcome();
    outcome.getIssueFirstRep().setDiagnostics(text);
    return new UnclassifiedServerFailureException(UNAVAILABLE, text, outcome)
        .addResponseHeader("Retry-After", RETRY_SECONDS);
  }

  private static BaseServerResponseException unavailable(String reason) {
    return new UnclassifiedServerFailureException(UNAVAILABLE, reason)
        .addResponseHeader("Retry-After", RETRY_SECONDS);
  }

  private static BaseServerResponseException failed(Throwable fault, String id) {
    LOG.error("request {} failed", id, fault);
    return new InternalErrorException(
        "The request failed; nothing was changed. The operator finds the cause in the log under"
            + " the id "
            + id);
  }

  /** No error, for it is done: who takes it for one sends it again. */
  private static BaseServerResponseException stored(String id) {
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

  private static BaseServerResponseException unknown(String id) {
    return new InternalErrorException(
        "The connection to the database broke while this was stored: it may be stored or not. Read"
            + " it before you send it again. The operator finds the cause in the log under the id "
            + id);
  }

  private static String id(RequestDetails request) {
    return request == null ? "" : request.getRequestId();
  }

  /** Null-safe: what is refused early has no operation yet. */
  private static RestOperationTypeEnum operation(RequestDetails request) {
    return request == null || request.getRestOperationType() == null
        ? RestOperationTypeEnum.METADATA
        : request.getRestOperationType();
  }

  /** An operation may also miss something that the sender may know of, such as an event. */
  private static boolean isOfRequest(Throwable fault, RequestDetails request) {
    return OF_ONE.contains(operation(request))
        || operation(request) == RestOperationTypeEnum.EXTENDED_OPERATION_INSTANCE
            && NOTHING.matcher(String.valueOf(fault.getMessage())).find();
  }

  private static boolean isOfPatch(Throwable fault) {
    return ExceptionUtils.getThrowableList(fault).stream()
        .flatMap(cause -> Arrays.stream(cause.getStackTrace()))
        .anyMatch(frame -> frame.getClassName().startsWith(PATCHING));
  }
}
