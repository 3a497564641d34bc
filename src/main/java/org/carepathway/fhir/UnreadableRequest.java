package org.carepathway.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.springframework.stereotype.Component;

/**
 * Whether a fault comes from a request that cannot be read. HAPI's parsers and its validator stumble
 * over some of what is nearly right, and say so by whatever exception they met: after a fault the
 * body is read once more, by itself.
 */
@Component
class UnreadableRequest {

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
      return wrong(searches ? "search" : "body", ExceptionUtils.getRootCause(fault));
    }
    if (request == null) {
      return Optional.empty();
    }
    byte[] body = searches ? new byte[0] : request.loadRequestContents();
    if (body.length == 0) {
      return ExceptionUtils.indexOfType(fault, IllegalArgumentException.class) >= 0
          ? wrong(searches ? "search" : "address", ExceptionUtils.getRootCause(fault))
          : Optional.empty();
    }
    try {
      String text = new String(body, StandardCharsets.UTF_8).strip();
      if (!text.startsWith("[")) {
        parser(text).parseResource(text);
        conformance.validate(text);
      }
      return Optional.empty();
    } catch (RuntimeException again) {
      return wrong("body", ExceptionUtils.getRootCause(again));
    }
  }

  private IParser parser(String text) {
    return BodyScan.isXml(text) ? fhirContext.newXmlParser() : fhirContext.newJsonParser();
  }

  private static Optional<BaseServerResponseException> wrong(String what, Throwable cause) {
    return Optional.of(
        new InvalidRequestException(
            "The %s cannot be parsed: %s".formatted(what, cause.getMessage())));
  }
}
