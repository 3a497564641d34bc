package org.carepathway.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carepathway.startup.StartUpException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Keycloak, where {@code carepathway.sign-in.issuer} names it. Its addresses are built from the
 * issuer and not asked for, so that the service starts while Keycloak is down.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("carepathway.sign-in.issuer")
class KeycloakConfiguration {

  static final String REGISTRATION = "keycloak";

  /** Public keys are fetched anew after a while, and at once where one is unknown. */
  private static final long KEYS_MS = Duration.ofMinutes(5).toMillis();

  /** While Keycloak does not answer, those that are known stay good. */
  private static final long KEYS_IN_OUTAGE_MS = Duration.ofHours(10).toMillis();

  private static final int TIMEOUT_MS = 5_000;
  private static final int LARGEST_KEYS = 100_000;

  /** Asymmetric only: a token signed with "none" or with a shared secret is no token. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

  @Bean
  ClientRegistrationRepository clientRegistrations(SignInSettings settings) {
    return new InMemoryClientRegistrationRepository(
        ClientRegistration.withRegistrationId(REGISTRATION)
            .clientName("Keycloak")
            .clientId(settings.client())
            .clientSecret(settings.secret())
            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
            .redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
            .scope("openid")
            .issuerUri(settings.issuer())
            .authorizationUri(settings.endpoint("auth"))
            .tokenUri(settings.endpoint("token"))
            .jwkSetUri(settings.endpoint("certs"))
            .userNameAttributeName(KeycloakClaims.NAME)
            .providerConfigurationMetadata(
                Map.of("end_session_endpoint", settings.endpoint("logout")))
            .build());
  }

  /** Tokens stay in the session, and so in the database: any replica can refresh them. */
  @Bean
  OAuth2AuthorizedClientRepository authorizedClients() {
    return new HttpSessionOAuth2AuthorizedClientRepository();
  }

  /** Checks the tokens that are sent to {@code /fhir}. */
  @Bean
  JwtDecoder apiTokens(SignInSettings settings) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(ALGORITHMS, keys(settings.endpoint("certs"))));
    // The claims are checked below, with the answers that Spring Security gives.
    processor.setJWTClaimsSetVerifier((claims, context) -> {});
    NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
    decoder.setJwtValidator(rules(settings));
    return decoder;
  }

  private static OAuth2TokenValidator<Jwt> rules(SignInSettings settings) {
    return new DelegatingOAuth2TokenValidator<>(
        JwtValidators.createDefaultWithIssuer(settings.issuer()),
        new JwtClaimValidator<>(JwtClaimNames.EXP, expires -> expires != null),
        new JwtClaimValidator<List<String>>(
            JwtClaimNames.AUD,
            audience -> audience != null && audience.contains(settings.audience())));
  }

  private static JWKSource<SecurityContext> keys(String address) {
    return JWKSourceBuilder.create(
            url(address), new DefaultResourceRetriever(TIMEOUT_MS, TIMEOUT_MS, LARGEST_KEYS))
        .cache(KEYS_IN_OUTAGE_MS, TIMEOUT_MS * 2L)
        .refreshAheadCache(KEYS_IN_OUTAGE_MS - KEYS_MS, false)
        .rateLimited(Duration.ofSeconds(1).toMillis())
        .build();
  }

  private static URL url(String address) {
    try {
      return URI.create(address).toURL();
    } catch (IllegalArgumentException | MalformedURLException e) {
      throw new StartUpException(
          "carepathway.sign-in.issuer is no web address.",
          "Set it to the address of the realm, such as"
              + " https://keycloak.example.org/realms/care-pathway.",
          e);
    }
  }
}
