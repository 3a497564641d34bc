package org.carepathway.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import com.google.gson.JsonParseException;
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

  @Hook(Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION)
  public BaseServerResponseException answer(Throwable fault, RequestDetails request) {
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

  /**
   * The parser says so with one exception, the validator, which reads the body first, with another.
   */
  private static boolean isMalformed(Throwable fault) {
    return ExceptionUtils.indexOfType(fault, DataFormatException.class) >= 0
        || ExceptionUtils.indexOfType(fault, JsonParseException.class) >= 0;
  }
}
