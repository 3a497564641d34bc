package org.carepathway.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.carepathway.fhir.FhirRefusals;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/**
 * Says at {@code /fhir} how to sign in, in words too; other interfaces are told in the header only.
 *
 * @param challenge sets the header
 */
record NotSignedIn(AuthenticationEntryPoint challenge) implements AuthenticationEntryPoint {

  /** With a password. */
  static NotSignedIn basic() {
    return new NotSignedIn(
        (request, response, reason) -> {
          response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"care-pathway\"");
          response.setStatus(HttpStatus.UNAUTHORIZED.value());
        });
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
      throws IOException {
    try {
      challenge.commence(request, response, reason);
    } catch (ServletException e) {
      throw new IOException(e);
    }
    if (FhirRefusals.isFor(request)) {
      FhirRefusals.write(
          request,
          response,
          HttpStatus.UNAUTHORIZED,
          IssueType.LOGIN,
          "Sign in first: the header WWW-Authenticate says how. What was sent is missing, wrong or"
              + " has expired.");
    }
  }
}
