package org.carepathway.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
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

  private final BearerTokenAuthenticationEntryPoint unauthorized =
      new BearerTokenAuthenticationEntryPoint();

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
      response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
    } else {
      unauthorized.commence(request, response, reason);
    }
  }
}
