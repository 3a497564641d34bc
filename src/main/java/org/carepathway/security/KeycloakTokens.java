package org.carepathway.security;

import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.ClientHttpRequestFactorySettings;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Fresh tokens for somebody who is signed in. */
@Component
@ConditionalOnProperty("carepathway.sign-in.issuer")
class KeycloakTokens {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final SignInSettings settings;
  private final RestClientRefreshTokenTokenResponseClient endpoint =
      new RestClientRefreshTokenTokenResponseClient();
  private final JwtDecoder idTokens;

  KeycloakTokens(SignInSettings settings) {
    this.settings = settings;
    this.endpoint.setRestClient(
        RestClient.builder()
            .requestFactory(
                ClientHttpRequestFactoryBuilder.jdk()
                    .build(
                        ClientHttpRequestFactorySettings.defaults()
                            .withConnectTimeout(TIMEOUT)
                            .withReadTimeout(TIMEOUT)))
            .messageConverters(
                converters -> {
                  converters.clear();
                  converters.addAll(
                      List.of(
                          new FormHttpMessageConverter(),
                          new OAuth2AccessTokenResponseHttpMessageConverter()));
                })
            .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
            .build());
    this.idTokens = NimbusJwtDecoder.withJwkSetUri(settings.endpoint("certs")).build();
  }

  /**
   * @throws org.springframework.security.oauth2.core.OAuth2AuthorizationException with the error
   *     {@code invalid_grant} when Keycloak refuses, with another one when it does not answer
   */
  Fresh refresh(OAuth2AuthorizedClient old) {
    OAuth2AccessTokenResponse answer =
        endpoint.getTokenResponse(
            new OAuth2RefreshTokenGrantRequest(
                old.getClientRegistration(), old.getAccessToken(), old.getRefreshToken()));
    Jwt id = idTokens.decode((String) answer.getAdditionalParameters().get("id_token"));
    OidcIdToken token =
        new OidcIdToken(id.getTokenValue(), id.getIssuedAt(), id.getExpiresAt(), id.getClaims());
    KeycloakClaims claims = new KeycloakClaims(id.getClaims(), settings.client());
    return new Fresh(
        new KeycloakPerson(claims.authorities(), token, claims.person()),
        new OAuth2AuthorizedClient(
            old.getClientRegistration(),
            old.getPrincipalName(),
            answer.getAccessToken(),
            answer.getRefreshToken()));
  }

  /** When the session at Keycloak ends, which its refresh token says; at once where it does not. */
  static Instant end(OAuth2RefreshToken token) {
    try {
      Date end = JWTParser.parse(token.getTokenValue()).getJWTClaimsSet().getExpirationTime();
      return end == null ? Instant.EPOCH : end.toInstant();
    } catch (ParseException e) {
      return Instant.EPOCH;
    }
  }

  record Fresh(KeycloakPerson person, OAuth2AuthorizedClient client) {}
}
