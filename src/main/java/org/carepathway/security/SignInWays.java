package org.carepathway.security;

import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** Tells the pages how people can sign in, and whether Keycloak answers. */
@Component
public class SignInWays {

  private final SignInSettings settings;

  SignInWays(SignInSettings settings) {
    this.settings = settings;
  }

  public boolean isKeycloak() {
    return settings.usesKeycloak();
  }

  public boolean isLocal() {
    return settings.hasLocalUsers();
  }

  /** Until when who is signed in can go on while Keycloak does not answer; null while it does. */
  public Instant getOutage() {
    RequestAttributes request = RequestContextHolder.getRequestAttributes();
    return request == null
        ? null
        : (Instant) request.getAttribute(KeycloakRefresh.OUTAGE, RequestAttributes.SCOPE_REQUEST);
  }
}
