package org.carepathway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.carepathway.startup.StartUpException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

class AuditKeysTest {

  @Test
  void theDemoHasAKnownKey() {
    assertThat(keys("care-pathway", "demo").present().secret()).isEqualTo("care-pathway");
  }

  @Test
  void aHospitalHasItsOwn() {
    assertThat(keys("0123456789abcdef", "production").present().secret())
        .isEqualTo("0123456789abcdef");
  }

  @ParameterizedTest
  @CsvSource({
    "'', production, is not set",
    "'', demo, is not set",
    "care-pathway, production, everybody knows",
    "care-pathway, , everybody knows",
    "0123456789abcde, production, shorter than 16"
  })
  void anythingElseStopsTheStartAndSaysWhatToDo(String key, String profile, String problem) {
    assertThatThrownBy(() -> keys(key, profile))
        .isInstanceOf(StartUpException.class)
        .hasMessageContaining(problem)
        .extracting(refusal -> ((StartUpException) refusal).remedy())
        .asString()
        .contains("CAREPATHWAY_AUDIT_KEY", "audit.existingSecret");
  }

  private static AuditKeys keys(String secret, String profile) {
    MockEnvironment environment = new MockEnvironment();
    if (profile != null) {
      environment.setActiveProfiles(profile);
    }
    return new AuditKeys(new AuditSettings(secret, List.of()), environment);
  }
}
