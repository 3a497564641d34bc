package org.carepathway.demo.ehr;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.carepathway.ehr.MakeKey;

/** The EHR as a client of CDS Hooks, with a key that is made at each start. */
final class EhrHooks {

  private static final Duration LIFE = Duration.ofMinutes(5);

  private final ECKey key = MakeKey.key("ES384").orElseThrow().toECKey();
  private final HttpClient http = HttpClient.newHttpClient();
  private final String issuer;
  private final Clock clock;

  /**
   * @param issuer as its tokens name it
   */
  EhrHooks(String issuer, Clock clock) {
    this.issuer = issuer;
    this.clock = clock;
  }

  ECKey key() {
    return key;
  }

  /** The public half. */
  String published() {
    return new JWKSet(key).toPublicJWKSet().toString();
  }

  /** A token for one call of a service. */
  String token(URI endpoint) {
    Instant now = Instant.now(clock);
    return sign(
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .audience(endpoint.toString())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFE)))
            .jwtID(UUID.randomUUID().toString())
            .build());
  }

  String sign(JWTClaimsSet claims) {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES384)
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID())
                .build(),
            claims);
    try {
      token.sign(new ECDSASigner(key));
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
    return token.serialize();
  }

  HttpResponse<String> post(URI endpoint, String body) throws IOException {
    try {
      return http.send(
          HttpRequest.newBuilder(endpoint)
              .timeout(Duration.ofSeconds(10))
              .header("Content-Type", "application/json")
              .header("Authorization", "Bearer " + token(endpoint))
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("The EHR stops", stopped);
    }
  }
}
