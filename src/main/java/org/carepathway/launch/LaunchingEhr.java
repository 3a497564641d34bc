package org.carepathway.launch;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.carepathway.ehr.EhrAddress;
import org.carepathway.ehr.EhrFault;
import org.carepathway.ehr.LentAccess;
import org.carepathway.ehr.SmartDiscovery;
import org.carepathway.launch.LaunchRefusal.Why;
import org.springframework.util.unit.DataSize;

/** An EHR that starts us: what it says of itself, and what its id tokens say of its user. */
final class LaunchingEhr {

  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.ES256, JWSAlgorithm.ES384);
  private static final Duration FRESH = Duration.ofHours(1);
  private static final Duration SKEW = Duration.ofSeconds(60);
  private static final int LARGEST_KEYS = 100_000;
  private static final DataSize LARGEST = DataSize.ofMegabytes(1);

  private final LaunchSettings.Ehr settings;
  private final SmartDiscovery discovery;
  private final LentAccess access;
  private final Clock clock;
  private SmartDiscovery.Document document;
  private DefaultJWTProcessor<SecurityContext> processor;
  private Instant asked = Instant.MIN;

  LaunchingEhr(LaunchSettings.Ehr settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.discovery = new SmartDiscovery(settings.answer());
    this.access = new LentAccess(settings.answer(), LARGEST);
  }

  LaunchSettings.Ehr settings() {
    return settings;
  }

  String iss() {
    return EhrAddress.plain(settings.iss().toString());
  }

  LentAccess access() {
    return access;
  }

  /**
   * Asked anew each hour.
   *
   * @throws EhrFault where it does not answer as it must
   */
  synchronized SmartDiscovery.Document document() {
    Instant now = Instant.now(clock);
    if (document == null || now.isAfter(asked.plus(FRESH))) {
      SmartDiscovery.Document read = discovery.read(iss());
      processor = processor(read);
      document = read;
      asked = now;
    }
    return document;
  }

  private DefaultJWTProcessor<SecurityContext> processor(SmartDiscovery.Document read) {
    int timeout = Math.toIntExact(settings.answer().toMillis());
    try {
      DefaultJWTProcessor<SecurityContext> made = new DefaultJWTProcessor<>();
      made.setJWSKeySelector(
          new JWSVerificationKeySelector<>(
              ALGORITHMS,
              JWKSourceBuilder.create(
                      read.jwks().toURL(),
                      new DefaultResourceRetriever(timeout, timeout, LARGEST_KEYS))
                  .rateLimited(Duration.ofSeconds(1).toMillis())
                  .build()));
      // The claims are checked below.
      made.setJWTClaimsSetVerifier((claims, context) -> {});
      return made;
    } catch (MalformedURLException unclear) {
      throw new EhrFault(EhrFault.Kind.SIGN_IN, "jwks_uri is no web address");
    }
  }

  /**
   * Who its user is.
   *
   * @param idToken as it came with the token
   * @param nonce that was sent with the launch
   * @return {@code Practitioner/id} or {@code PractitionerRole/id} of its FHIR API
   * @throws LaunchRefusal where it is not signed by the EHR, for us and this launch, or names no
   *     member of staff
   */
  String user(Object idToken, String nonce) {
    JWTClaimsSet claims = verified(idToken, verifier());
    Instant now = Instant.now(clock);
    try {
      require(document().issuer().equals(claims.getIssuer()));
      require(claims.getAudience().contains(settings.client()));
      require(
          claims.getAudience().size() == 1
              || settings.client().equals(claims.getStringClaim("azp")));
      require(claims.getExpirationTime() != null);
      require(claims.getExpirationTime().toInstant().isAfter(now.minus(SKEW)));
      require(claims.getIssueTime() != null);
      require(claims.getIssueTime().toInstant().isBefore(now.plus(SKEW)));
      require(nonce.equals(claims.getStringClaim("nonce")));
      String user = claims.getStringClaim("fhirUser");
      String relative =
          user == null
              ? ""
              : user.startsWith(iss() + '/') ? user.substring(iss().length() + 1) : user;
      if (!relative.matches("(Practitioner|PractitionerRole)/[A-Za-z0-9.-]{1,64}")) {
        throw new LaunchRefusal(Why.NO_USER);
      }
      return relative;
    } catch (ParseException unclear) {
      throw new LaunchRefusal(Why.UNCLEAR, unclear);
    }
  }

  private synchronized DefaultJWTProcessor<SecurityContext> verifier() {
    return processor;
  }

  private static JWTClaimsSet verified(
      Object idToken, DefaultJWTProcessor<SecurityContext> processor) {
    if (!(idToken instanceof String text)) {
      throw new LaunchRefusal(Why.NO_USER);
    }
    try {
      return processor.process(SignedJWT.parse(text), null);
    } catch (ParseException | BadJOSEException | JOSEException unverified) {
      throw new LaunchRefusal(Why.UNCLEAR, unverified);
    }
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new LaunchRefusal(Why.UNCLEAR);
    }
  }
}
