package org.carepathway.ehr;

import com.nimbusds.jose.jwk.JWK;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientClientCredentialsTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;

/**
 * Tokens by SMART Backend Services: an assertion that we sign ourselves, by Spring Security.
 *
 * @see <a href="https://hl7.org/fhir/smart-app-launch/STU2.2/client-confidential-asymmetric.html">
 *     SMART 2.2, asymmetric client authentication</a>
 */
final class SmartToken {

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
        EhrFault fault = TokenCalls.fault(refusal);
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
    RestClientClientCredentialsTokenResponseClient client =
        new RestClientClientCredentialsTokenResponseClient();
    client.addParametersConverter(TokenCalls.assertion(() -> signing, clock));
    client.setRestClient(TokenCalls.http(settings.connect(), settings.answer()));
    return client;
  }
}
