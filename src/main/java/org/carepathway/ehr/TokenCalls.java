package org.carepathway.ehr;

import com.nimbusds.jose.jwk.JWK;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.ClientHttpRequestFactorySettings;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.AbstractOAuth2AuthorizationGrantRequest;
import org.springframework.security.oauth2.client.endpoint.NimbusJwtClientAuthenticationParametersConverter;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientResponseException;

/**
 * How a token endpoint is called: by Spring Security, with an assertion that we sign ourselves.
 *
 * @see <a href="https://hl7.org/fhir/smart-app-launch/STU2.2/client-confidential-asymmetric.html">
 *     SMART 2.2, asymmetric client authentication</a>
 */
final class TokenCalls {

  /** A minute less than SMART allows, so that a clock of ours that is ahead by it does no harm. */
  private static final Duration LIFE = Duration.ofMinutes(4);

  private TokenCalls() {}

  static <T extends AbstractOAuth2AuthorizationGrantRequest>
      NimbusJwtClientAuthenticationParametersConverter<T> assertion(
          Supplier<JWK> key, Clock clock) {
    NimbusJwtClientAuthenticationParametersConverter<T> assertion =
        new NimbusJwtClientAuthenticationParametersConverter<>(registration -> key.get());
    assertion.setJwtClientAssertionCustomizer(
        context -> {
          context.getHeaders().type("JWT").keyId(key.get().getKeyID());
          // SMART does not ask for it, and to a clock that is behind ours it is in the future.
          context.getClaims().claims(claims -> claims.remove("iat"));
          context.getClaims().expiresAt(Instant.now(clock).plus(LIFE));
        });
    return assertion;
  }

  static RestClient http(Duration connect, Duration answer) {
    return RestClient.builder()
        .requestFactory(
            ClientHttpRequestFactoryBuilder.jdk()
                .build(
                    ClientHttpRequestFactorySettings.defaults()
                        .withRedirects(ClientHttpRequestFactorySettings.Redirects.DONT_FOLLOW)
                        .withConnectTimeout(connect)
                        .withReadTimeout(answer)))
        .messageConverters(
            converters -> {
              converters.clear();
              converters.add(new FormHttpMessageConverter());
              converters.add(new OAuth2AccessTokenResponseHttpMessageConverter());
            })
        .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
        .build();
  }

  static EhrFault fault(OAuth2AuthorizationException refusal) {
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
