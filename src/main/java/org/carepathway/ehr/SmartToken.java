package org.carepathway.ehr;

import com.nimbusds.jose.jwk.JWK;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.ClientHttpRequestFactorySettings;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.NimbusJwtClientAuthenticationParametersConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientClientCredentialsTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientResponseException;

/**
 * Tokens by SMART Backend Services: an assertion that we sign ourselves, by Spring Security.
 *
 * @see <a href="https://hl7.org/fhir/smart-app-launch/STU2.2/client-confidential-asymmetric.html">
 *     SMART 2.2, asymmetric client authentication</a>
 */
final class SmartToken {

  /** A minute less than SMART allows, so that a clock of ours that is ahead by it does no harm. */
  private static final Duration LIFE = Duration.ofMinutes(4);

  /** A token that ends so soon is not used any more. */
  private static final Duration SPARE = Duration.ofSeconds(30);

  private final EhrSettings.Feed settings;
  private final Clock clock;
  private OAuth2AccessToken token;
  private JWK signing;

  SmartToken(EhrSettings.Feed settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * The token that is in use, or a new one. An EHR that has read our keys before the newest was
   * made does not know it yet: then the one before it is tried.
   *
   * @param keys ours that the EHR can check, the newest first
   * @throws EhrFault where the EHR gives none
   */
  synchronized String get(URI endpoint, List<JWK> keys) {
    if (token != null && token.getExpiresAt().isAfter(Instant.now(clock).plus(SPARE))) {
      return token.getTokenValue();
    }
    token = null;
    EhrFault first = null;
    for (JWK key : keys) {
      try {
        token = ask(endpoint, key);
        return token.getTokenValue();
      } catch (OAuth2AuthorizationException refusal) {
        EhrFault fault = fault(refusal);
        first = first == null ? fault : first;
        if (fault.kind() != EhrFault.Kind.SIGN_IN) {
          throw fault;
        }
      }
    }
    throw first == null
        ? new EhrFault(EhrFault.Kind.SIGN_IN, "None of our keys is of a kind that the EHR checks")
        : first;
  }

  /** It was not taken: the next question has a new one. */
  synchronized void refused(String value) {
    if (token != null && token.getTokenValue().equals(value)) {
      token = null;
    }
  }

  private OAuth2AccessToken ask(URI endpoint, JWK key) {
    signing = key;
    ClientRegistration registration =
        ClientRegistration.withRegistrationId("ehr")
            .clientId(settings.client())
            .clientAuthenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
            .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
            .tokenUri(endpoint.toString())
            .scope(settings.scopes())
            .build();
    return client()
        .getTokenResponse(new OAuth2ClientCredentialsGrantRequest(registration))
        .getAccessToken();
  }

  private RestClientClientCredentialsTokenResponseClient client() {
    NimbusJwtClientAuthenticationParametersConverter<OAuth2ClientCredentialsGrantRequest>
        assertion = new NimbusJwtClientAuthenticationParametersConverter<>(registration -> signing);
    assertion.setJwtClientAssertionCustomizer(
        context -> {
          context.getHeaders().type("JWT").keyId(signing.getKeyID());
          // SMART does not ask for it, and to a clock that is behind ours it is in the future.
          context.getClaims().claims(claims -> claims.remove("iat"));
          context.getClaims().expiresAt(Instant.now(clock).plus(LIFE));
        });
    RestClientClientCredentialsTokenResponseClient client =
        new RestClientClientCredentialsTokenResponseClient();
    client.addParametersConverter(assertion);
    client.setRestClient(
        RestClient.builder()
            .requestFactory(
                ClientHttpRequestFactoryBuilder.jdk()
                    .build(
                        ClientHttpRequestFactorySettings.defaults()
                            .withRedirects(ClientHttpRequestFactorySettings.Redirects.DONT_FOLLOW)
                            .withConnectTimeout(settings.connect())
                            .withReadTimeout(settings.answer())))
            .messageConverters(
                converters -> {
                  converters.clear();
                  converters.add(new FormHttpMessageConverter());
                  converters.add(new OAuth2AccessTokenResponseHttpMessageConverter());
                })
            .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
            .build());
    return client;
  }

  private static EhrFault fault(OAuth2AuthorizationException refusal) {
    String code = refusal.getError().getErrorCode();
    String said = "The token endpoint answered with " + code;
    if (refusal.getCause() instanceof RestClientResponseException answered) {
      HttpStatus status = HttpStatus.resolve(answered.getStatusCode().value());
      said = "The token endpoint answered with " + answered.getStatusCode().value();
      if (answered.getStatusCode().is5xxServerError() || status == HttpStatus.TOO_MANY_REQUESTS) {
        return new EhrFault(EhrFault.Kind.BUSY, said, null, refusal);
      }
      return new EhrFault(EhrFault.Kind.SIGN_IN, said, null, refusal);
    }
    return refusal.getCause() == null
        ? new EhrFault(EhrFault.Kind.SIGN_IN, said, null, refusal)
        : new EhrFault(
            EhrFault.Kind.UNREACHABLE,
            "The token endpoint gave no answer that can be read",
            null,
            refusal);
  }
}
