package org.carepathway.cdshooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import org.carepathway.ehr.MakeKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Who asks is known by a token that only they can have signed, for this call and for now. */
class CdsClientTest {

  private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
  private static final URI ENDPOINT = URI.create("https://us.example.org/cds-services/view");
  private static final RSAKey RSA = MakeKey.key("RS384").orElseThrow().toRSAKey();
  private static final ECKey EC = MakeKey.key("ES384").orElseThrow().toECKey();

  private static HttpServer server;
  private static CdsClient client;

  @BeforeAll
  static void publish() throws Exception {
    byte[] keys = new JWKSet(List.<JWK>of(RSA, EC)).toPublicJWKSet().toString().getBytes();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
          }
        });
    server.start();
    client =
        new CdsClient(
            "ehr",
            new CdsSettings.Client(
                "https://ehr.example.org",
                jwks(),
                List.of(),
                null,
                List.of("*"),
                List.of(),
                "en",
                false,
                Duration.ofSeconds(1),
                DataSize.ofMegabytes(1)),
            Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterAll
  static void close() {
    server.stop(0);
  }

  private static URI jwks() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/jwks.json");
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer("https://ehr.example.org")
        .audience(ENDPOINT.toString())
        .issueTime(Date.from(NOW.minusSeconds(5)))
        .expirationTime(Date.from(NOW.plusSeconds(300)))
        .jwtID("n-1");
  }

  private static JWSHeader.Builder header(JWSAlgorithm algorithm, JWK key) {
    return new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID(key.getKeyID());
  }

  private static SignedJWT ec(Consumer<JWTClaimsSet.Builder> change) throws Exception {
    JWTClaimsSet.Builder claims = claims();
    change.accept(claims);
    SignedJWT token = new SignedJWT(header(JWSAlgorithm.ES384, EC).build(), claims.build());
    token.sign(new ECDSASigner(EC));
    return token;
  }

  private static void refused(SignedJWT token, String because) {
    assertThatThrownBy(() -> client.check(token, ENDPOINT))
        .isInstanceOf(CdsClient.TokenFault.class)
        .hasMessageContaining(because);
  }

  @Test
  void bothAlgorithmsThatAreRecommendedAreTaken() throws Exception {
    assertThat(client.check(ec(claims -> {}), ENDPOINT).id()).isEqualTo("n-1");
    SignedJWT rsa = new SignedJWT(header(JWSAlgorithm.RS384, RSA).build(), claims().build());
    rsa.sign(new RSASSASigner(RSA));
    assertThat(client.check(rsa, ENDPOINT).until()).isEqualTo(NOW.plusSeconds(360));
  }

  @Test
  void noOtherAlgorithmIsTaken() throws Exception {
    SignedJWT weak = new SignedJWT(header(JWSAlgorithm.RS256, RSA).build(), claims().build());
    weak.sign(new RSASSASigner(RSA));
    refused(weak, "alg");
    SignedJWT shared = new SignedJWT(header(JWSAlgorithm.HS384, EC).build(), claims().build());
    shared.sign(new MACSigner(new byte[48]));
    refused(shared, "alg");
  }

  @Test
  void aKeyOfSomebodyElseIsNone() throws Exception {
    ECKey other = new ECKeyGenerator(Curve.P_384).keyID(EC.getKeyID()).generate();
    SignedJWT forged = new SignedJWT(header(JWSAlgorithm.ES384, EC).build(), claims().build());
    forged.sign(new ECDSASigner(other));
    refused(forged, "signature");
  }

  @Test
  void theAddressOfKeysIsOursToKnow() throws Exception {
    SignedJWT token =
        new SignedJWT(
            header(JWSAlgorithm.ES384, EC).jwkURL(URI.create("https://evil.example.org")).build(),
            claims().build());
    token.sign(new ECDSASigner(EC));
    refused(token, "jku");
    SignedJWT same =
        new SignedJWT(header(JWSAlgorithm.ES384, EC).jwkURL(jwks()).build(), claims().build());
    same.sign(new ECDSASigner(EC));
    assertThat(client.check(same, ENDPOINT)).isNotNull();
  }

  @Test
  void typAndKidAreNeeded() throws Exception {
    SignedJWT typeless =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES384).keyID(EC.getKeyID()).build(),
            claims().build());
    typeless.sign(new ECDSASigner(EC));
    refused(typeless, "typ");
    SignedJWT keyless =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES384).type(JOSEObjectType.JWT).build(),
            claims().build());
    keyless.sign(new ECDSASigner(EC));
    refused(keyless, "kid");
  }

  @Test
  void itMustBeForThisEndpoint() throws Exception {
    refused(ec(claims -> claims.audience("https://us.example.org/cds-services")), "aud");
    refused(ec(claims -> claims.audience(List.of(ENDPOINT.toString(), "x"))), "aud");
    refused(ec(claims -> claims.audience((String) null)), "aud");
  }

  /** E15: a minute between the clocks does no harm, ten do. */
  @ParameterizedTest
  @ValueSource(longs = {-59, 59})
  void aMinuteBetweenTheClocksIsNoMatter(long seconds) throws Exception {
    Instant there = NOW.plusSeconds(seconds);
    assertThat(
            client.check(
                ec(
                    claims ->
                        claims
                            .issueTime(Date.from(there))
                            .expirationTime(Date.from(there.plusSeconds(1)))),
                ENDPOINT))
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {-600, 600})
  void tenMinutesBetweenTheClocksAreToldAndNotTaken(long seconds) throws Exception {
    Instant there = NOW.plusSeconds(seconds);
    refused(
        ec(
            claims ->
                claims
                    .issueTime(Date.from(there))
                    .expirationTime(Date.from(there.plusSeconds(300)))),
        seconds < 0 ? "exp" : "iat");
  }

  @Test
  void everyTimeAndTheNonceAreNeeded() throws Exception {
    refused(ec(claims -> claims.expirationTime(null)), "exp");
    refused(ec(claims -> claims.expirationTime(Date.from(NOW.plusSeconds(7200)))), "exp");
    refused(ec(claims -> claims.issueTime(null)), "iat");
    refused(ec(claims -> claims.jwtID(null)), "jti");
  }
}
