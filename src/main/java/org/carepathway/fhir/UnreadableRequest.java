package org.carepathway.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import ca.uhn.fhir.util.UrlUtil;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.springframework.stereotype.Component;

/**
 * Whether a fault comes from a request that cannot be read. HAPI's parsers and its validator
 * stumble over some of what is nearly right, and say so by whatever exception they met: after a
 * fault the body is read once more, by itself.
 */
@Component
class UnreadableRequest {

  private static final Set<RequestTypeEnum> WITH_BODY =
      EnumSet.of(RequestTypeEnum.POST, RequestTypeEnum.PUT, RequestTypeEnum.PATCH);

  private final FhirContext fhirContext;
  private final Conformance conformance;

  UnreadableRequest(FhirContext fhirContext, Conformance conformance) {
    this.fhirContext = fhirContext;
    this.conformance = conformance;
  }

  /** What its sender is told (400); empty where the request can be read. */
  Optional<BaseServerResponseException> explains(Throwable fault, RequestDetails request) {
    boolean searches =
        request != null && request.getRestOperationType() == RestOperationTypeEnum.SEARCH_TYPE;
    if (ExceptionUtils.indexOfType(fault, DataFormatException.class) >= 0) {
      return wrong(searches ? "search" : hasBody(request) ? "body" : "address", fault);
    }
    if (request == null) {
      return Optional.empty();
    }
    Optional<RuntimeException> again = again(() -> address(request));
    if (again.isPresent()) {
      return wrong("address", again.get());
    }
    if (searches || !hasBody(request)) {
      return isOfNumber(fault) ? wrong(searches ? "search" : "address", fault) : Optional.empty();
    }
    return again(() -> body(request)).flatMap(stumbled -> wrong("body", stumbled));
  }

  private static boolean hasBody(RequestDetails request) {
    return request == null || WITH_BODY.contains(request.getRequestType());
  }

  /** What no number is, where one is asked for; at times HAPI hands on its text only. */
  private static boolean isOfNumber(Throwable fault) {
    return ExceptionUtils.indexOfType(fault, NumberFormatException.class) >= 0
        || String.valueOf(ExceptionUtils.getRootCause(fault).getMessage())
            .contains(NumberFormatException.class.getName());
  }

  private static Optional<RuntimeException> again(Runnable reading) {
    try {
      reading.run();
      return Optional.empty();
    } catch (RuntimeException stumbled) {
      return Optional.of(stumbled);
    }
  }

  private static void address(RequestDetails request) {
    if (request instanceof ServletRequestDetails servlet) {
      String query = servlet.getServletRequest().getQueryString();
      UrlUtil.parseQueryString(query == null ? "" : query);
    }
  }

  /** A list of patches is read elsewhere. */
  private void body(RequestDetails request) {
    String text = new String(request.loadRequestContents(), StandardCharsets.UTF_8).strip();
    if (!text.isEmpty() && !text.startsWith("[")) {
      parser(text).parseResource(text);
      conformance.validate(text);
    }
  }

  private IParser parser(String text) {
    return BodyScan.isXml(text) ? fhirContext.newXmlParser() : fhirContext.newJsonParser();
  }

  private static Optional<BaseServerResponseException> wrong(String what, Throwable fault) {
    return Optional.of(
        new InvalidRequestException(
            "The %s cannot be parsed: %s"
                .formatted(what, ExceptionUtils.getRootCause(fault).getMessage())));
  }
}
