package org.carepathway.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/** Tokens that a real Keycloak would not make: each fault alone, signed with the realm's key. */
class ApiTokensTest {

  private static final String AUDIENCE = "care-pathway-api";

  private static HttpServer realm;
  private static String issuer;
  private static RSAKey key;
  private static JwtDecoder decoder;

  @BeforeAll
  static void start() throws Exception {
    key = new RSAKeyGenerator(2048).keyID("realm").generate();
    byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
    realm = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    realm.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, keys.length);
          exchange.getResponseBody().write(keys);
          exchange.close();
        });
    realm.start();
    issuer = "http://localhost:" + realm.getAddress().getPort() + "/realms/x";
    decoder =
        new KeycloakConfiguration()
            .apiTokens(new SignInSettings(issuer, "care-pathway", "", AUDIENCE, List.of()));
  }

  @AfterAll
  static void stop() {
    realm.stop(0);
  }

  @Test
  void aTokenWithoutFaultIsTaken() throws Exception {
    assertThat(decoder.decode(signed(claims().build())).getSubject()).isEqualTo("nina");
  }

  @Test
  void anExpiredOneIsRefused() throws Exception {
    refused(signed(claims().issueTime(in(-600)).expirationTime(in(-120)).build()), "expired");
  }

  @Test
  void oneThatNeverExpiresIsRefused() throws Exception {
    refused(signed(claims().expirationTime(null).build()), "exp");
  }

  @Test
  void oneThatIsNotYetGoodIsRefused() throws Exception {
    refused(signed(claims().notBeforeTime(in(120)).build()), "before");
  }

  @Test
  void oneForAnotherAudienceIsRefused() throws Exception {
    refused(signed(claims().audience("another-api").build()), "aud");
    refused(signed(claims().audience((String) null).build()), "aud");
  }

  @Test
  void oneOfAnotherIssuerIsRefused() throws Exception {
    refused(signed(claims().issuer("https://elsewhere.example.org/realms/x").build()), "iss");
  }

  @Test
  void anUnsignedOneIsRefused() {
    refused(new PlainJWT(claims().build()).serialize(), "");
  }

  /** The known trick: the public key as a shared secret. */
  @Test
  void oneSignedWithThePublicKeyAsSecretIsRefused() throws Exception {
    JWSSigner secret = new MACSigner(key.toRSAPublicKey().getEncoded());
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("realm").build(), claims().build());
    token.sign(secret);
    refused(token.serialize(), "");
  }

  @Test
  void oneSignedWithAForeignKeyIsRefused() throws Exception {
    RSAKey foreign = new RSAKeyGenerator(2048).keyID("realm").generate();
    refused(signed(claims().build(), foreign), "");
  }

  private static void refused(String token, String reason) {
    assertThatThrownBy(() -> decoder.decode(token))
        .isInstanceOf(JwtException.class)
        .hasMessageContaining(reason);
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(issuer)
        .subject("nina")
        .audience(AUDIENCE)
        .issueTime(in(0))
        .expirationTime(in(300));
  }

  private static Date in(int seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }

  private static String signed(JWTClaimsSet claims) throws Exception {
    return signed(claims, key);
  }

  private static String signed(JWTClaimsSet claims, RSAKey with) throws Exception {
    SignedJWT token =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("realm").build(), claims);
    token.sign(new RSASSASigner(with));
    return token.serialize();
  }
}
