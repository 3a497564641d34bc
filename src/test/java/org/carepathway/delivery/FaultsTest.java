package org.carepathway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.carepathway.ehr.EhrFaults;
import org.carepathway.outbox.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What an EHR may answer, and what becomes of the entry. The statuses are those of the error
 * examples of NHS BaRS 1.4, and what Epic and Oracle publish.
 */
class FaultsTest {

  @ParameterizedTest
  @CsvSource({
    // vendor, status, code of the OperationOutcome, what becomes of it, whether it counts
    "plain,  400, invalid,       CONFIGURATION, -",
    "plain,  401, login,         later,         false",
    "plain,  403, forbidden,     POLICY,        -",
    "plain,  404, not-supported, CONFIGURATION, -",
    "plain,  405, not-supported, CONFIGURATION, -",
    "plain,  406, not-supported, CONFIGURATION, -",
    "plain,  408, timeout,       later,         true",
    "plain,  409, conflict,      later,         true",
    "plain,  410, deleted,       CONFIGURATION, -",
    "plain,  412, conflict,      later,         true",
    "plain,  415, not-supported, CONFIGURATION, -",
    "plain,  422, business-rule, CLINICAL,      -",
    "plain,  429, throttled,     later,         false",
    "plain,  500, exception,     later,         true",
    "plain,  501, not-supported, CONFIGURATION, -",
    "plain,  502, transient,     later,         true",
    "plain,  503, transient,     later,         false",
    "plain,  504, timeout,       later,         true",
    "epic,   400, 59141,         later,         true",
    "epic,   400, 59187,         CONFIGURATION, -",
    "epic,   400, 59188,         CONFIGURATION, -",
    "epic,   400, 59189,         CONFIGURATION, -",
    "epic,   403, 4130,          POLICY,        -",
    "epic,   400, 4131,          POLICY,        -",
    "epic,   400, 4134,          POLICY,        -",
    "oracle, 409, conflict,      later,         true"
  })
  void eachAnswerHasItsClass(
      String vendor, int status, String code, String expected, String counts) {
    Outcome outcome =
        Faults.outcome(EhrFaults.answered(status, code), Overlay.read(vendor, "vendor"), true);
    if (expected.equals("later")) {
      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Later.class,
              later -> assertThat(later.counts()).isEqualTo(Boolean.parseBoolean(counts)));
    } else {
      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Dead.class, dead -> assertThat(dead.fault()).hasToString(expected));
    }
  }
}
