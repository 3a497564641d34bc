package org.carepathway.demo.ehr;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Gives tokens as SMART Backend Services says, and to nobody else.
 *
 * @see <a href="https://hl7.org/fhir/smart-app-launch/STU2.2/backend-services.html">SMART 2.2,
 *     backend services</a>
 */
final class EhrTokens {

  private static final Pattern WRITES = Pattern.compile("system/\\*\\.(cr?u|write|\\*)");
  private static final Duration SKEW = Duration.ofSeconds(60);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS384, JWSAlgorithm.ES384);
  private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final String client;
  private final String endpoint;
  private final KeySource source;
  private final Clock clock;
  private final Map<String, Instant> used = new ConcurrentHashMap<>();
  private final Map<String, Instant> given = new ConcurrentHashMap<>();
  private final Set<String> writing = ConcurrentHashMap.newKeySet();
  private JWKSet keys = new JWKSet();

  /** Where the client publishes its keys. */
  @FunctionalInterface
  interface KeySource {
    JWKSet read() throws IOException, ParseException;
  }

  EhrTokens(String client, String endpoint, KeySource source, Clock clock) {
    this.client = client;
    this.endpoint = endpoint;
    this.source = source;
    this.clock = clock;
  }

  /**
   * @param form of the request
   * @return what is answered
   */
  Map<String, Object> give(Map<String, String> form) {
    if (!"client_credentials".equals(form.get("grant_type"))) {
      throw new Refused(400, "unsupported_grant_type", "Only client_credentials");
    }
    if (!form.getOrDefault("scope", "").startsWith("system/")) {
      throw new Refused(400, "invalid_scope", "A scope of a system is needed");
    }
    requireClient(form);
    String token = lend();
    if (WRITES.matcher(form.get("scope")).find()) {
      writing.add(token);
    }
    return Map.of(
        "access_token",
        token,
        "token_type",
        "bearer",
        "expires_in",
        LIFE.toSeconds(),
        "scope",
        form.get("scope"));
  }

  /** The client shows that it is itself. */
  void requireClient(Map<String, String> form) {
    if (!ASSERTION.equals(form.get("client_assertion_type"))
        || !form.containsKey("client_assertion")) {
      throw new Refused(400, "invalid_request", "A client_assertion is needed");
    }
    check(form.get("client_assertion"));
  }

  /** A token for who is signed in at the EHR, or for whom it lends one to. */
  String lend() {
    String token = UUID.randomUUID().toString();
    given.put(token, Instant.now(clock).plus(LIFE));
    return token;
  }

  boolean isGood(String token) {
    Instant end = given.get(token);
    return end != null && Instant.now(clock).isBefore(end);
  }

  /** Whether its scopes let it write (SMART 2.2: {@code c} and {@code u} among the letters). */
  boolean mayWrite(String token) {
    return writing.contains(token);
  }

  /** All tokens end now. */
  void end() {
    given.clear();
  }

  private void check(String assertion) {
    try {
      SignedJWT signed = SignedJWT.parse(assertion);
      require(ALGORITHMS.contains(signed.getHeader().getAlgorithm()), "The algorithm");
      require(
          signed.getHeader().getType() != null
              && signed.getHeader().getType().getType().equals("JWT"),
          "typ");
      require(signed.getHeader().getKeyID() != null, "kid");
      require(signed.verify(verifier(signed.getHeader().getKeyID())), "The signature");
      claims(signed.getJWTClaimsSet());
    } catch (ParseException | JOSEException unclear) {
      throw new Refused(400, "invalid_client", "The assertion cannot be read");
    }
  }

  private void claims(JWTClaimsSet claims) throws ParseException {
    Instant now = Instant.now(clock);
    require(client.equals(claims.getIssuer()) && client.equals(claims.getSubject()), "iss or sub");
    require(List.of(endpoint).equals(claims.getAudience()), "aud");
    require(claims.getExpirationTime() != null, "exp");
    Instant end = claims.getExpirationTime().toInstant();
    require(end.isAfter(now.minus(SKEW)), "exp is over");
    require(!end.isAfter(now.plus(LONGEST).plus(SKEW)), "exp is too far ahead");
    require(claims.getJWTID() != null, "jti");
    used.values().removeIf(until -> until.isBefore(now));
    require(used.putIfAbsent(claims.getJWTID(), end.plus(SKEW)) == null, "jti was used before");
  }

  private JWSVerifier verifier(String kid) throws JOSEException {
    JWK key = key(kid);
    require(key != null, "kid is in no JWKS of the client");
    return key instanceof RSAKey rsa ? new RSASSAVerifier(rsa) : new ECDSAVerifier((ECKey) key);
  }

  /** A key that is not known is looked for where the client publishes them. */
  private synchronized JWK key(String kid) throws JOSEException {
    if (keys.getKeyByKeyId(kid) == null) {
      try {
        keys = source.read();
      } catch (IOException | ParseException unreadable) {
        throw new JOSEException("the client's keys cannot be read", unreadable);
      }
    }
    return keys.getKeyByKeyId(kid);
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new Refused(400, "invalid_client", what);
    }
  }
}
