package org.carepathway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carepathway.startup.StartUpException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

class AuditKeyTest {

  @Test
  void theDemoHasAKnownKey() {
    assertThat(key("care-pathway", "demo").secret()).isEqualTo("care-pathway");
  }

  @Test
  void aHospitalHasItsOwn() {
    assertThat(key("0123456789abcdef", "production").secret()).isEqualTo("0123456789abcdef");
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
    assertThatThrownBy(() -> key(key, profile))
        .isInstanceOf(StartUpException.class)
        .hasMessageContaining(problem)
        .extracting(refusal -> ((StartUpException) refusal).remedy())
        .asString()
        .contains("CAREPATHWAY_AUDIT_KEY", "audit.existingSecret");
  }

  private static AuditKey key(String secret, String profile) {
    MockEnvironment environment = new MockEnvironment();
    if (profile != null) {
      environment.setActiveProfiles(profile);
    }
    return new AuditKey(new AuditSettings(secret), environment);
  }
}
