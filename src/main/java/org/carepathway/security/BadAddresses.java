package org.carepathway.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.carepathway.fhir.FhirRefusals;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.stereotype.Component;

/** Addresses and methods that the firewall refuses, such as those with two slashes. */
@Component
class BadAddresses implements RequestRejectedHandler {

  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, RequestRejectedException reason)
      throws IOException {
    if (FhirRefusals.isFor(request) && !METHODS.contains(request.getMethod())) {
      FhirRefusals.write(
          request,
          response,
          HttpStatus.NOT_IMPLEMENTED,
          IssueType.NOTSUPPORTED,
          "This method is not known here; these are: " + String.join(", ", METHODS) + '.');
    } else if (FhirRefusals.isFor(request)) {
      FhirRefusals.write(
          request,
          response,
          HttpStatus.BAD_REQUEST,
          IssueType.INVALID,
          "This address is not taken: it has characters, or a way of writing them, that could hide"
              + " where it leads.");
    } else {
      response.sendError(HttpStatus.BAD_REQUEST.value());
    }
  }
}
