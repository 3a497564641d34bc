package org.carepathway.cdshooks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.carepathway.ehr.LentAccess;

/**
 * An EHR that may ask, and how its tokens are checked.
 *
 * @see <a href="https://cds-hooks.hl7.org/2.0/#trusting-cds-clients">CDS Hooks 2.0, Trusting CDS
 *     Clients</a>
 */
final class CdsClient {

  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.ES384, JWSAlgorithm.RS384);
  private static final Duration SKEW = Duration.ofSeconds(60);

  /** A token that would be good for longer would have to be remembered for longer. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private static final int TIMEOUT_MS = 3_000;
  private static final int LARGEST_KEYS = 100_000;

  private final String name;
  private final CdsSettings.Client settings;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
  private final LentAccess access;
  private final Clock clock;

  CdsClient(String name, CdsSettings.Client settings, Clock clock) throws MalformedURLException {
    this.name = name;
    this.settings = settings;
    this.clock = clock;
    this.access = new LentAccess(settings.answer(), settings.largest());
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            ALGORITHMS,
            JWKSourceBuilder.create(
                    settings.jwks().toURL(),
                    new DefaultResourceRetriever(TIMEOUT_MS, TIMEOUT_MS, LARGEST_KEYS))
                .cache(Duration.ofMinutes(5).toMillis(), TIMEOUT_MS * 2L)
                .rateLimited(Duration.ofSeconds(1).toMillis())
                .outageTolerant(Duration.ofHours(1).toMillis())
                .build()));
    // The claims are checked below, where it is told what is wrong with them.
    processor.setJWTClaimsSetVerifier((claims, context) -> {});
  }

  String name() {
    return name;
  }

  CdsSettings.Client settings() {
    return settings;
  }

  LentAccess access() {
    return access;
  }

  /** A token that was checked: nobody may show it again until then. */
  record Shown(String id, Instant until) {}

  /**
   * @param endpoint that is called
   * @throws TokenFault where it is not the client's, or not for this call
   */
  Shown check(SignedJWT token, URI endpoint) {
    JWTClaimsSet claims = verified(token);
    Instant now = Instant.now(clock);
    require(List.of(endpoint.toString()).equals(claims.getAudience()), "aud must be " + endpoint);
    require(claims.getIssueTime() != null, "iat is missing");
    require(
        claims.getIssueTime().toInstant().isBefore(now.plus(SKEW)),
        "iat is in the future: check the clocks");
    require(claims.getExpirationTime() != null, "exp is missing");
    Instant end = claims.getExpirationTime().toInstant();
    require(end.isAfter(now.minus(SKEW)), "exp is over");
    require(!end.isAfter(now.plus(LONGEST).plus(SKEW)), "exp may be an hour ahead at most");
    String id = claims.getJWTID();
    require(id != null && !id.isBlank() && id.length() <= 200, "jti is missing or too long");
    return new Shown(id, end.plus(SKEW));
  }

  private JWTClaimsSet verified(SignedJWT token) {
    require(token.getHeader().getKeyID() != null, "kid is missing");
    require(
        token.getHeader().getType() != null
            && ALGORITHMS.contains(token.getHeader().getAlgorithm()),
        "alg must be ES384 or RS384, and typ JWT");
    URI jku = token.getHeader().getJWKURL();
    require(
        jku == null || jku.equals(settings.jwks()), "jku is not the address that is known here");
    try {
      return processor.process(token, null);
    } catch (BadJOSEException | JOSEException unverified) {
      throw new TokenFault("its signature is none of the client's published keys", unverified);
    }
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new TokenFault(rule, null);
    }
  }

  /** What is wrong with a token. */
  static final class TokenFault extends RuntimeException {
    TokenFault(String rule, Throwable cause) {
      super(rule, cause);
    }
  }
}
