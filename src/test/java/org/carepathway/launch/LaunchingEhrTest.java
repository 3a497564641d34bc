package org.carepathway.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.carepathway.ehr.CodeExchange.Proof;
import org.carepathway.ehr.EhrFault;
import org.carepathway.ehr.MakeKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an EHR says of itself and of its user is checked before anybody is signed in by it. */
class LaunchingEhrTest {

  private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
  private static final ECKey KEY = MakeKey.key("ES384").orElseThrow().toECKey();
  private static final ECKey OTHER = MakeKey.key("ES384").orElseThrow().toECKey();

  private final Map<String, String> documents = new ConcurrentHashMap<>();
  private HttpServer server;
  private LaunchingEhr ehr;

  @BeforeEach
  void open() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String text = documents.get(exchange.getRequestURI().getPath());
            byte[] bytes = text == null ? new byte[0] : text.getBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(text == null ? 404 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
    server.start();
    documents.put("/jwks", new JWKSet(KEY).toPublicJWKSet().toString());
    documents.put("/fhir/.well-known/smart-configuration", configuration());
    ehr =
        new LaunchingEhr(
            new LaunchSettings.Ehr(
                URI.create(base() + '/'),
                "us",
                Proof.KEY,
                null,
                List.of(),
                "urn:users",
                null,
                Duration.ofDays(30),
                List.of(),
                Duration.ofSeconds(30)),
            Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private String base() {
    return "http://localhost:" + server.getAddress().getPort() + "/fhir";
  }

  private String configuration() {
    return """
        {"issuer": "%1$s", "jwks_uri": "%2$s/jwks", "authorization_endpoint": "%1$s/authorize",
         "token_endpoint": "%1$s/token", "code_challenge_methods_supported": ["S256"],
         "capabilities": ["launch-ehr", "sso-openid-connect"]}"""
        .formatted(base(), base().replace("/fhir", ""));
  }

  private String token(Consumer<JWTClaimsSet.Builder> change, ECKey key) throws Exception {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(base())
            .audience("us")
            .subject("p-1")
            .issueTime(Date.from(NOW))
            .expirationTime(Date.from(NOW.plusSeconds(300)))
            .claim("nonce", "n-1")
            .claim("fhirUser", base() + "/Practitioner/p-1");
    change.accept(claims);
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES384).keyID(KEY.getKeyID()).build(),
            claims.build());
    token.sign(new ECDSASigner(key));
    return token.serialize();
  }

  private String user(Consumer<JWTClaimsSet.Builder> change) throws Exception {
    ehr.document();
    return ehr.user(token(change, KEY), "n-1");
  }

  @Test
  void itsUserIsNamedByItsToken() throws Exception {
    assertThat(user(claims -> {})).isEqualTo("Practitioner/p-1");
    assertThat(user(claims -> claims.claim("fhirUser", "PractitionerRole/r-1")))
        .isEqualTo("PractitionerRole/r-1");
  }

  @Test
  void aTokenOfSomebodyElseOrForSomebodyElseIsNone() throws Exception {
    refused(claims -> claims.issuer("https://other.example.org"));
    refused(claims -> claims.audience("another-app"));
    refused(claims -> claims.audience(List.of("us", "another-app")));
    refused(claims -> claims.claim("nonce", "n-2"));
    refused(claims -> claims.claim("nonce", null));
    refused(claims -> claims.expirationTime(null));
    refused(claims -> claims.issueTime(null));
    ehr.document();
    String forged = token(claims -> {}, OTHER);
    assertThatThrownBy(() -> ehr.user(forged, "n-1")).isInstanceOf(LaunchRefusal.class);
    assertThatThrownBy(() -> ehr.user(null, "n-1")).isInstanceOf(LaunchRefusal.class);
    assertThatThrownBy(() -> ehr.user("abc", "n-1")).isInstanceOf(LaunchRefusal.class);
  }

  /** E15: a minute between the clocks does no harm, ten do. */
  @ParameterizedTest
  @CsvSource({"-59, true", "59, true", "-600, false", "600, false"})
  void clocksMayDifferByAMinute(long seconds, boolean taken) throws Exception {
    Instant there = NOW.plusSeconds(seconds);
    Consumer<JWTClaimsSet.Builder> shifted =
        claims ->
            claims
                .issueTime(Date.from(there))
                .expirationTime(Date.from(there.plusSeconds(seconds < 0 ? 1 : 300)));
    if (taken) {
      assertThat(user(shifted)).isNotNull();
    } else {
      refused(shifted);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient/1",
        "RelatedPerson/1",
        "https://other.example.org/fhir/Practitioner/1",
        "Practitioner/1/../../Patient/2",
        "Practitioner/1?x=y",
        ""
      })
  void onlyAMemberOfItsStaffIsAUser(String fhirUser) {
    refused(claims -> claims.claim("fhirUser", fhirUser));
  }

  private void refused(Consumer<JWTClaimsSet.Builder> change) {
    assertThatThrownBy(() -> user(change)).isInstanceOf(LaunchRefusal.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"launch-ehr\",          | ``          | launch-ehr",
        "\"S256\"                 | \"plain\"   | PKCE",
        "\"token_endpoint\"       | \"x\"       | token_endpoint",
        "authorize\"              | \", \"authorization_endpoint\": \"http://evil.example.org\" | authorization_endpoint",
      })
  void whoCannotStartAppsAsSmartSaysIsNotAsked(String part, String instead, String problem) {
    documents.put(
        "/fhir/.well-known/smart-configuration",
        configuration().replace(part.strip(), instead.strip()));

    assertThatThrownBy(ehr::document).isInstanceOf(EhrFault.class).hasMessageContaining(problem);
  }

  @Test
  void keysMayBeNamedByOpenIdConnectOnly() throws Exception {
    documents.put(
        "/fhir/.well-known/smart-configuration",
        configuration().replaceFirst("\"issuer\".*?\"jwks_uri\": \"[^\"]+\",", ""));
    documents.put(
        "/fhir/.well-known/openid-configuration",
        "{\"issuer\": \"%s\", \"jwks_uri\": \"%s/jwks\"}"
            .formatted(base(), base().replace("/fhir", "")));

    assertThat(user(claims -> {})).isEqualTo("Practitioner/p-1");
  }

  @Test
  void anEhrThatIsAwayIsAFaultOfItsOwn() {
    server.stop(0);
    assertThatThrownBy(ehr::document)
        .isInstanceOfSatisfying(
            EhrFault.class, fault -> assertThat(fault.kind()).isEqualTo(EhrFault.Kind.UNREACHABLE));
  }
}
