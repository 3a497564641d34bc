package org.carepathway.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Asks Keycloak again when an access token has ended, some minutes after signing in: roles and
 * teams follow what Keycloak says now, and who was locked out there is signed out here. While
 * Keycloak does not answer, people go on until their session there would have ended, and are told.
 */
@Component
@ConditionalOnProperty("carepathway.sign-in.issuer")
class KeycloakRefresh extends OncePerRequestFilter {

  /** Request attribute: until when (Instant) one can go on without Keycloak. */
  static final String OUTAGE = KeycloakRefresh.class.getName() + ".outage";

  private static final Duration PAUSE = Duration.ofSeconds(15);

  private final OAuth2AuthorizedClientRepository clients;
  private final KeycloakTokens tokens;
  private final HttpSessionSecurityContextRepository contexts =
      new HttpSessionSecurityContextRepository();

  /** While Keycloak is down, not every request waits for its time-out. */
  private volatile Instant askAgainAt = Instant.EPOCH;

  KeycloakRefresh(OAuth2AuthorizedClientRepository clients, KeycloakTokens tokens) {
    this.clients = clients;
    this.tokens = tokens;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication signedIn = SecurityContextHolder.getContext().getAuthentication();
    if (signedIn instanceof OAuth2AuthenticationToken token && !goesOn(token, request, response)) {
      new SecurityContextLogoutHandler().logout(request, response, signedIn);
      if (request.getHeader("HX-Request") == null) {
        response.sendRedirect(request.getContextPath() + "/login?ended");
      } else {
        response.sendError(HttpStatus.UNAUTHORIZED.value());
      }
      return;
    }
    chain.doFilter(request, response);
  }

  private boolean goesOn(
      OAuth2AuthenticationToken token, HttpServletRequest request, HttpServletResponse response) {
    OAuth2AuthorizedClient client =
        clients.loadAuthorizedClient(KeycloakConfiguration.REGISTRATION, token, request);
    if (client == null || client.getRefreshToken() == null) {
      return false;
    }
    Instant now = Instant.now();
    Instant ends = client.getAccessToken().getExpiresAt();
    if (ends != null && ends.isAfter(now)) {
      return true;
    }
    if (now.isBefore(askAgainAt)) {
      return goesOnWithoutKeycloak(client, now, request);
    }
    try {
      KeycloakTokens.Fresh fresh = tokens.refresh(client);
      askAgainAt = Instant.EPOCH;
      keep(fresh, request, response);
      return true;
    } catch (OAuth2AuthorizationException refused) {
      if (OAuth2ErrorCodes.INVALID_GRANT.equals(refused.getError().getErrorCode())) {
        return false;
      }
      askAgainAt = now.plus(PAUSE);
      return goesOnWithoutKeycloak(client, now, request);
    }
  }

  private static boolean goesOnWithoutKeycloak(
      OAuth2AuthorizedClient client, Instant now, HttpServletRequest request) {
    Instant last = KeycloakTokens.end(client.getRefreshToken());
    request.setAttribute(OUTAGE, last);
    return now.isBefore(last);
  }

  private void keep(
      KeycloakTokens.Fresh fresh, HttpServletRequest request, HttpServletResponse response) {
    OAuth2AuthenticationToken renewed =
        new OAuth2AuthenticationToken(
            fresh.person(), fresh.person().getAuthorities(), KeycloakConfiguration.REGISTRATION);
    renewed.setDetails(SecurityContextHolder.getContext().getAuthentication().getDetails());
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(renewed);
    SecurityContextHolder.setContext(context);
    contexts.saveContext(context, request, response);
    clients.saveAuthorizedClient(fresh.client(), renewed, request, response);
  }
}
