package org.carepathway.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.carepathway.fhir.FhirRefusals;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;

/**
 * How a token is refused: 401, and 503 where it cannot be checked because Keycloak, which has the
 * key, does not answer.
 */
final class RefusedTokens implements ObjectPostProcessor<BearerTokenAuthenticationFilter> {

  private static final Duration AGAIN = Duration.ofSeconds(30);

  private final NotSignedIn unauthorized =
      new NotSignedIn(new BearerTokenAuthenticationEntryPoint());

  @Override
  public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
    filter.setAuthenticationFailureHandler(this::refuse);
    return filter;
  }

  private void refuse(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
      throws IOException {
    if (reason instanceof AuthenticationServiceException) {
      response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(AGAIN.toSeconds()));
      FhirRefusals.write(
          request,
          response,
          HttpStatus.SERVICE_UNAVAILABLE,
          IssueType.TRANSIENT,
          "The token cannot be checked, for Keycloak does not answer. Try again in a while.");
    } else {
      unauthorized.commence(request, response, reason);
    }
  }
}
