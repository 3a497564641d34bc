package org.carepathway.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import com.google.gson.JsonSyntaxException;
import java.util.EnumSet;
import java.util.Set;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;

/** An unexpected fault is logged under the request's id; the sender is given the id and no more. */
@Component
@Interceptor
class ErrorAnswers implements FhirInterceptor {

  private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);

  /** What cannot be seen and what does not exist are answered in the same words. */
  private static final Set<RestOperationTypeEnum> OF_ONE =
      EnumSet.of(
          RestOperationTypeEnum.READ,
          RestOperationTypeEnum.VREAD,
          RestOperationTypeEnum.HISTORY_INSTANCE);

  @Hook(Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION)
  public BaseServerResponseException answer(Throwable fault, RequestDetails request) {
    if (fault instanceof ResourceNotFoundException && OF_ONE.contains(operation(request))) {
      return new ResourceNotFoundException(
          "There is no %s here.".formatted(request.getId().toUnqualified().getValue()));
    }
    if (fault instanceof BaseServerResponseException known && known.getStatusCode() < 500) {
      return known;
    }
    if (isMalformed(fault)) {
      return new InvalidRequestException(
          "The body cannot be parsed: " + ExceptionUtils.getRootCause(fault).getMessage());
    }
    if (fault instanceof ConcurrencyFailureException) {
      return new ResourceVersionConflictException(
          "Somebody else changed this at the same moment. Read it again, then try again.");
    }
    LOG.error("request {} failed", request.getRequestId(), fault);
    return new InternalErrorException(
        "The request failed; nothing was changed. The operator finds the cause in the log under"
            + " the id "
            + request.getRequestId());
  }

  /** Null-safe: what is refused early has no operation yet. */
  private static RestOperationTypeEnum operation(RequestDetails request) {
    return request == null || request.getRestOperationType() == null
        ? RestOperationTypeEnum.METADATA
        : request.getRestOperationType();
  }

  /**
   * The parser says so with a DataFormatException. The validator reads the body before it, and of
   * what it meets there HAPI 8.8 keeps the text only (HAPI-0331).
   */
  private static boolean isMalformed(Throwable fault) {
    return ExceptionUtils.indexOfType(fault, DataFormatException.class) >= 0
        || String.valueOf(fault.getMessage()).contains(JsonSyntaxException.class.getName());
  }
}
