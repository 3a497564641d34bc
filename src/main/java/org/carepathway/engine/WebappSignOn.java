package org.carepathway.engine;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.UUID;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationProvider;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationResult;

/**
 * Who is signed in to the service is signed in to the engine's web applications too. Only admins
 * get as far as this.
 */
public final class WebappSignOn implements AuthenticationProvider {

  @Override
  public AuthenticationResult extractAuthenticatedUser(
      HttpServletRequest request, ProcessEngine engine) {
    Principal user = request.getUserPrincipal();
    if (user == null) {
      return AuthenticationResult.unsuccessful();
    }
    makeKnown(engine.getIdentityService(), user.getName());
    return AuthenticationResult.successful(user.getName());
  }

  /** The web applications want a user of the engine's own; this one can sign in nowhere. */
  private static void makeKnown(IdentityService identities, String name) {
    if (identities.createUserQuery().userId(name).count() == 0) {
      User user = identities.newUser(name);
      user.setPassword(UUID.randomUUID().toString());
      identities.saveUser(user);
    }
  }

  /** Nobody is asked for a password here: without a sign-in the service shows its own form. */
  @Override
  public void augmentResponseByAuthenticationChallenge(
      HttpServletResponse response, ProcessEngine engine) {
    response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
  }
}
