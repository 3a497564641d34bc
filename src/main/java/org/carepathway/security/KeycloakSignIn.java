package org.carepathway.security;

import java.net.URI;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.stereotype.Component;

/** How Keycloak takes part in the security of pages and APIs. */
@Component
@ConditionalOnProperty("carepathway.sign-in.issuer")
class KeycloakSignIn {

  private final SignInSettings settings;
  private final ClientRegistrationRepository registrations;
  private final KeycloakRefresh refresh;
  private final KeycloakSessions sessions;
  private final JwtDecoder apiTokens;

  KeycloakSignIn(
      SignInSettings settings,
      ClientRegistrationRepository registrations,
      KeycloakRefresh refresh,
      KeycloakSessions sessions,
      JwtDecoder apiTokens) {
    this.settings = settings;
    this.registrations = registrations;
    this.refresh = refresh;
    this.sessions = sessions;
    this.apiTokens = apiTokens;
  }

  /** Authorization code with PKCE; signing out here signs out there, and the other way round. */
  void pages(HttpSecurity http) throws Exception {
    OidcClientInitiatedLogoutSuccessHandler signedOut =
        new OidcClientInitiatedLogoutSuccessHandler(registrations);
    signedOut.setPostLogoutRedirectUri("{baseUrl}/login?signed-out");
    signedOut.setDefaultTargetUrl("/login?signed-out");
    http.oauth2Login(
            login ->
                login
                    .loginPage("/login")
                    .defaultSuccessUrl("/")
                    .authorizationEndpoint(to -> to.authorizationRequestResolver(withPkce()))
                    .userInfoEndpoint(
                        user -> user.oidcUserService(request -> person(request.getIdToken())))
                    .oidcSessionRegistry(sessions))
        .oidcLogout(
            logout -> logout.oidcSessionRegistry(sessions).backChannel(Customizer.withDefaults()))
        .logout(logout -> logout.logoutSuccessHandler(signedOut))
        .addFilterBefore(refresh, AuthorizationFilter.class);
  }

  /** Tokens in the header {@code Authorization: Bearer}. */
  void apis(HttpSecurity http) throws Exception {
    http.oauth2ResourceServer(
        server ->
            server
                .authenticationEntryPoint(
                    new NotSignedIn(new BearerTokenAuthenticationEntryPoint()))
                .jwt(jwt -> jwt.decoder(apiTokens).jwtAuthenticationConverter(this::caller))
                .withObjectPostProcessor(new RefusedTokens()));
  }

  /** Where a form of ours may lead to: signing out goes on to Keycloak. */
  String origin() {
    URI issuer = URI.create(settings.issuer());
    return issuer.getScheme() + "://" + issuer.getAuthority();
  }

  KeycloakPerson person(OidcIdToken token) {
    KeycloakClaims claims = new KeycloakClaims(token.getClaims(), settings.client());
    return new KeycloakPerson(claims.authorities(), token, claims.person());
  }

  private UsernamePasswordAuthenticationToken caller(Jwt token) {
    KeycloakClaims claims = new KeycloakClaims(token.getClaims(), settings.client());
    return UsernamePasswordAuthenticationToken.authenticated(
        claims.caller(), null, claims.authorities());
  }

  private OAuth2AuthorizationRequestResolver withPkce() {
    DefaultOAuth2AuthorizationRequestResolver resolver =
        new DefaultOAuth2AuthorizationRequestResolver(
            registrations,
            OAuth2AuthorizationRequestRedirectFilter.DEFAULT_AUTHORIZATION_REQUEST_BASE_URI);
    resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
    return resolver;
  }
}
