package org.carepathway.ehr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.carepathway.demo.ehr.TestEhr;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SMART Backend Services, against an EHR that checks each assertion as the standard says. */
class SmartTest {

  private static final JWK RSA = Asking.key("RS384");

  private final JWK key = Asking.key("ES384");
  private TestEhr ehr;

  @BeforeEach
  void open() throws Exception {
    ehr = TestEhr.open().publish(key);
    ehr.put(new Patient().setActive(true).setId("1"));
  }

  @AfterEach
  void close() {
    ehr.close();
  }

  private static String read(EhrServer server) {
    return server.read("Patient", "1").path("id").asText();
  }

  private EhrServer at(Duration ahead, JWK... keys) {
    return Asking.server(ehr.base(), List.of(keys), Clock.offset(Clock.systemUTC(), ahead));
  }

  private static void refused(EhrServer server) {
    assertThatThrownBy(() -> read(server))
        .isInstanceOfSatisfying(
            EhrFault.class, fault -> assertThat(fault.kind()).isEqualTo(EhrFault.Kind.SIGN_IN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS384", "ES384"})
  void bothAlgorithmsOfSmartAreTaken(String algorithm) {
    JWK own = algorithm.equals("RS384") ? RSA : key;
    ehr.publish(own);

    assertThat(read(at(Duration.ZERO, own))).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(ints = {-60, 60})
  void aClockThatIsAMinuteOffDoesNoHarm(int seconds) {
    assertThat(read(at(Duration.ofSeconds(seconds), key))).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(ints = {-10, 10})
  void aClockThatIsTenMinutesOffIsRefused(int minutes) {
    refused(at(Duration.ofMinutes(minutes), key));
  }

  @Test
  void aTokenThatEndedIsReplacedOnce() {
    EhrServer server = at(Duration.ZERO, key);
    assertThat(read(server)).isEqualTo("1");
    ehr.endTokens();

    assertThat(read(server)).isEqualTo("1");
  }

  @Test
  void aKeyOfNobodyIsRefused() {
    refused(at(Duration.ZERO, Asking.key("ES384")));
  }

  @Test
  void anEhrThatDoesNotKnowTheNewestKeyYetGetsTheOneBeforeIt() {
    JWK newest = RSA;
    EhrServer server = at(Duration.ZERO, newest, key);
    assertThat(read(server)).isEqualTo("1");

    ehr.publish(newest, key);
    ehr.endTokens();
    assertThat(read(server)).isEqualTo("1");
    ehr.publish(newest);
    assertThat(read(at(Duration.ZERO, newest))).isEqualTo("1");
  }

  @Test
  void allKeysArePublishedAndOnlyTheirPublicHalves() {
    Map<String, Object> published = new SmartKeys(Asking.settings(Map.of(), RSA, key)).published();

    assertThat(published.get("keys").toString())
        .contains(key.getKeyID(), "RS384", "ES384")
        .doesNotContain(", d=", "{d=", ", p=", ", q=");
  }

  @Test
  void anAssertionIsTakenOnceUntilItIsOverForEverybody() throws Exception {
    String assertion = assertion(Instant.now().plusSeconds(30));
    assertThat(post(assertion).statusCode()).isEqualTo(200);
    assertThat(post(assertion).body()).contains("invalid_client", "jti");

    String over = assertion(Instant.now().minusSeconds(30));
    assertThat(post(over).statusCode()).as("within the skew").isEqualTo(200);
    assertThat(post(over).body()).contains("jti");
    assertThat(post(assertion(Instant.now().plusSeconds(600))).body()).contains("exp");
  }

  private String assertion(Instant end) throws Exception {
    SignedJWT signed =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES384)
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID())
                .build(),
            new JWTClaimsSet.Builder()
                .issuer(TestEhr.CLIENT)
                .subject(TestEhr.CLIENT)
                .audience(ehr.base() + "/token")
                .expirationTime(Date.from(end))
                .jwtID(UUID.randomUUID().toString())
                .build());
    signed.sign(new ECDSASigner((ECKey) key));
    return signed.serialize();
  }

  private HttpResponse<String> post(String assertion) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(java.net.URI.create(ehr.base() + "/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "grant_type=client_credentials&scope=system/*.rs"
                            + "&client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer&client_assertion="
                            + assertion))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
