package org.carepathway.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What SMART 2 scopes allow. */
class SmartScopesTest {

  @ParameterizedTest
  @CsvSource({
    "system/Task.rs, READ, Task, true",
    "system/Task.rs, SEARCH, Task, true",
    "system/Task.rs, UPDATE, Task, false",
    "system/Task.rs, READ, Patient, false",
    "user/Observation.cruds, DELETE, Observation, true",
    "patient/*.rs, READ, Condition, true",
    "patient/*.rs, CREATE, Condition, false",
    "openid user/*.c profile, CREATE, Patient, true",
    "user/*.c, READ, Patient, false"
  })
  void aScopeAllowsItsLetters(String scopes, Action action, String type, boolean allowed) {
    assertThat(SmartScopes.of(scopes).allow(action, type)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "openid",
        "user/Patient.read",
        "user/Patient.*",
        "user/Patient.",
        "user/Patient.sr",
        "user/patient.rs",
        "admin/Patient.rs",
        "user/Patient.rs?category=x",
        "xuser/Patient.rs"
      })
  void whatIsNoScopeAllowsNothing(String scopes) {
    assertThat(SmartScopes.of(scopes).allow(Action.READ, "Patient")).isFalse();
  }

  @Test
  void onePatientUnlessAWiderScopeAllowsItToo() {
    assertThat(SmartScopes.of("patient/*.rs").isForOnePatient(Action.READ, "Condition")).isTrue();
    assertThat(
            SmartScopes.of("patient/*.rs user/Condition.rs")
                .isForOnePatient(Action.READ, "Condition"))
        .isFalse();
  }
}
