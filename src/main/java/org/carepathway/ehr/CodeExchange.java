package org.carepathway.ehr;

import com.nimbusds.jose.jwk.JWK;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.stereotype.Component;

/** Makes a token of the code with which an EHR sends its user's browser back. */
@Component
public class CodeExchange {

  private static final String STATE = "checked";

  private final SmartKeys keys;

  CodeExchange(SmartKeys keys) {
    this.keys = keys;
  }

  /** How we show the EHR that it is us. */
  public enum Proof {
    /** With our newest key that it can check. */
    KEY,
    /** With a secret that it has given us. */
    SECRET,
    /** Not at all: PKCE alone. */
    NONE
  }

  /**
   * Us, as the EHR knows us.
   *
   * @param id that it has registered us under
   * @param secret null unless the proof is one
   */
  public record Client(String id, Proof proof, String secret) {}

  /**
   * @param more what came beside the token: {@code id_token}, {@code patient}, {@code appContext}
   */
  public record Granted(String token, Map<String, Object> more) {}

  /**
   * @param verifier of PKCE
   * @param answer how long the EHR may take
   * @throws EhrFault where it gives none
   */
  public Granted exchange(
      SmartDiscovery.Document ehr,
      Client client,
      URI redirect,
      String code,
      String verifier,
      Duration answer) {
    RestClientAuthorizationCodeTokenResponseClient calls =
        new RestClientAuthorizationCodeTokenResponseClient();
    if (client.proof() == Proof.KEY) {
      List<JWK> known = keys.of(ehr.algorithms());
      if (known.isEmpty()) {
        throw new EhrFault(EhrFault.Kind.SIGN_IN, "None of our keys is of a kind that it checks");
      }
      calls.addParametersConverter(TokenCalls.assertion(() -> known.get(0), Clock.systemUTC()));
    }
    calls.setRestClient(TokenCalls.http(answer, answer));
    try {
      OAuth2AccessTokenResponse given =
          calls.getTokenResponse(request(ehr, client, redirect, code, verifier));
      return new Granted(given.getAccessToken().getTokenValue(), given.getAdditionalParameters());
    } catch (OAuth2AuthorizationException refusal) {
      throw TokenCalls.fault(refusal);
    }
  }

  private static OAuth2AuthorizationCodeGrantRequest request(
      SmartDiscovery.Document ehr, Client client, URI redirect, String code, String verifier) {
    ClientRegistration registration =
        ClientRegistration.withRegistrationId("launch")
            .clientId(client.id())
            .clientSecret(client.secret())
            .clientAuthenticationMethod(
                switch (client.proof()) {
                  case KEY -> ClientAuthenticationMethod.PRIVATE_KEY_JWT;
                  case SECRET -> ClientAuthenticationMethod.CLIENT_SECRET_BASIC;
                  case NONE -> ClientAuthenticationMethod.NONE;
                })
            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
            .redirectUri(redirect.toString())
            .authorizationUri(ehr.authorize().toString())
            .tokenUri(ehr.token().toString())
            .build();
    return new OAuth2AuthorizationCodeGrantRequest(
        registration,
        new OAuth2AuthorizationExchange(
            OAuth2AuthorizationRequest.authorizationCode()
                .clientId(client.id())
                .authorizationUri(ehr.authorize().toString())
                .redirectUri(redirect.toString())
                .state(STATE)
                .attributes(all -> all.put(PkceParameterNames.CODE_VERIFIER, verifier))
                .build(),
            OAuth2AuthorizationResponse.success(code)
                .redirectUri(redirect.toString())
                .state(STATE)
                .build()));
  }
}
