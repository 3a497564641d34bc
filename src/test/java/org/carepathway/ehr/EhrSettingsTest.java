package org.carepathway.ehr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.carepathway.startup.StartUpException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot work is refused at the start, by its name and with what to do. */
class EhrSettingsTest {

  @TempDir Path folder;

  private static EhrServers servers(Map<String, String> properties, JWK... keys) {
    EhrSettings settings = Asking.settings(properties, keys);
    return new EhrServers(settings, new SmartKeys(settings));
  }

  @Test
  void nobodyIsCalledUnlessAFeedIsNamed() {
    assertThat(servers(Map.of()).names()).isEmpty();
  }

  @Test
  void aBaseAloneIsEnough() {
    EhrServers servers = servers(Map.of("base", "https://ehr.example.org/fhir/"));

    assertThat(servers.server("test").base()).isEqualTo("https://ehr.example.org/fhir");
    assertThat(servers.settings("test").resources()).contains("Observation", "DiagnosticReport");
  }

  @ParameterizedTest
  @CsvSource({
    "base, http://ehr.example.org/fhir, base",
    "base, ehr.example.org, base",
    "token, http://ehr.example.org/token, token",
    "client, someone, client",
    "interval, 10ms, interval",
    "budget, 0, budget"
  })
  void whatCannotWorkIsNamed(String setting, String value, String named) {
    Map<String, String> properties = new HashMap<>(Map.of("base", "https://ehr.example.org/fhir"));
    properties.put(setting, value);

    StartUpException refusal =
        catchThrowableOfType(StartUpException.class, () -> servers(properties));
    assertThat(refusal.getMessage()).contains("carepathway.fhir.feeds.test." + named);
    assertThat(refusal.remedy()).isNotBlank();
  }

  @Test
  void akeyThatIsNoneIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("key.json"), "hello", StandardCharsets.UTF_8);
    assertThatThrownBy(() -> servers(Map.of("keys[0]", file.toUri().toString())))
        .hasMessage("carepathway.fhir.keys[0] cannot be read as a key (JWK).");
    assertThatThrownBy(() -> servers(Map.of("keys[0]", "file:/nowhere/key.json")))
        .hasMessageContaining("carepathway.fhir.keys[0]");

    JWK good = Asking.key("ES384");
    assertThatThrownBy(() -> servers(Map.of(), good, good))
        .hasMessage("carepathway.fhir.keys[1] has the kid of a key before it.");
    assertThatThrownBy(() -> servers(Map.of(), good.toPublicJWK()))
        .hasMessageContaining("is no private key");
    assertThatThrownBy(
            () -> servers(Map.of(), new ECKeyGenerator(Curve.P_256).keyID("a").generate()))
        .hasMessageContaining("P-384");
  }
}
