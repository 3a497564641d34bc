package org.carepathway.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.carepathway.database.DatabaseWatch;
import org.carepathway.fhir.Committed.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Whose fault it is that a request failed. An unexpected one is logged under the request's id; the
 * sender is given the id and no more, and whether anything was stored.
 */
@Component
@Interceptor
class ErrorAnswers implements FhirInterceptor {

  private static final int UNAVAILABLE = 503;
  private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);

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

  private final Committed committed;
  private final DatabaseWatch database;
  private final UnreadableRequest unreadable;

  ErrorAnswers(Committed committed, DatabaseWatch database, UnreadableRequest unreadable) {
    this.committed = committed;
    this.database = database;
    this.unreadable = unreadable;
  }

  @Hook(Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION)
  public BaseServerResponseException answer(Throwable fault, RequestDetails request) {
    String id = request == null ? "" : request.getRequestId();
    FaultAnswers answers = new FaultAnswers(id);
    Optional<State> state = committed.now();
    if (state.isPresent()) {
      return answers.after(state.get(), fault);
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
    if (fault instanceof UnclassifiedServerFailureException ours
        && ours.getStatusCode() == UNAVAILABLE) {
      return ours;
    }
    Optional<DatabaseFault> ofDatabase = DatabaseFault.of(fault);
    if (ofDatabase.isPresent()) {
      return answers.ofDatabase(ofDatabase.get(), fault);
    }
    if (fault instanceof BaseServerResponseException known && known.getStatusCode() < 500) {
      return PlainWords.of(known);
    }
    Optional<BaseServerResponseException> ofRequest = unreadable.explains(fault, request);
    if (ofRequest.isPresent()) {
      LOG.warn("request {} cannot be read: {}", id, fault.toString());
      return PlainWords.of(ofRequest.get());
    }
    if (Patching.isGoingOn(request)) {
      LOG.warn("request {} is a patch that does not fit: {}", id, fault.toString());
      return new InvalidRequestException(
          "The patch cannot be applied to this resource, and nothing was changed: an operation names what is not there, or puts in what does not belong there.");
    }
    return database.explains(fault) ? answers.gone(fault) : answers.failed(fault);
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
}
