package org.carepathway.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.util.Map;
import org.hl7.fhir.r4.model.Parameters;
import org.junit.jupiter.api.Test;

/** The values that a hospital may set otherwise. */
class PolicyTest {

  private static final Policy POLICY =
      Policy.parse(
          """
          effective: 2026-11-01
          values:
            nrs-min: {value: 5, unit: "{score}", min: 0, max: 10, source: LCD, evidence: E2,
                      meaning: Least pain}
            inr-max: {value: 1.8, unit: "{INR}", min: 1, max: 2.5, source: SIR, evidence: E2,
                      meaning: Largest INR}
            imaging-valid: {value: P28D, min: P7D, max: P6M, source: Own, evidence: LOCAL,
                            meaning: How long imaging holds}
            prophylactic: {value: false, source: Own, evidence: LOCAL, meaning: Without fracture}
          """);

  @Test
  void feelHasThemInCamelCase() {
    assertThat(POLICY.effective()).isEqualTo(LocalDate.of(2026, 11, 1));
    assertThat(POLICY.feel())
        .isEqualTo(
            Map.of("nrsMin", 5L, "inrMax", 1.8, "imagingValid", "P28D", "prophylactic", false));
  }

  @Test
  void fhirHasThemByName() {
    Parameters parameters = POLICY.parameters();
    assertThat(parameters.getParameter("nrs-min").getValue().fhirType()).isEqualTo("integer");
    assertThat(parameters.getParameter("inr-max").getValue().primitiveValue()).isEqualTo("1.8");
    assertThat(parameters.getParameter("imaging-valid").getValue().primitiveValue())
        .isEqualTo("P28D");
    assertThat(parameters.getParameter("prophylactic").getValue().fhirType()).isEqualTo("boolean");
  }

  @Test
  void aHospitalSetsItsOwn() {
    Policy own =
        POLICY.with(
            Map.of(
                "nrs-min", "6", "inr-max", "1.5", "imaging-valid", "P14D", "prophylactic", "true"));
    assertThat(own.feel())
        .isEqualTo(
            Map.of("nrsMin", 6L, "inrMax", 1.5, "imagingValid", "P14D", "prophylactic", true));
    assertThat(POLICY.feel()).containsEntry("nrsMin", 5L);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    refused("nrs-min", "11", "above 10");
    refused("nrs-min", "-1", "below 0");
    refused("nrs-min", "much", "no number");
    refused("imaging-valid", "P3D", "below P7D");
    refused("imaging-valid", "P7M", "above P6M");
    refused("imaging-valid", "28", "not of the kind");
    refused("prophylactic", "perhaps", "not of the kind");
    refused("nrs-minimum", "5", "there is no policy value 'nrs-minimum'");
  }

  @Test
  void valuesThatContradictEachOtherAreRefused() {
    Policy policy =
        Policy.parse(
            """
            effective: 2026-11-01
            values:
              call-after: {value: PT48H, min: PT24H, max: PT72H, at-most: call-latest, source: Own,
                           evidence: LOCAL, meaning: When the call comes up}
              call-latest: {value: P3D, min: P2D, max: P5D, source: Own, evidence: LOCAL,
                            meaning: When it is late}
            """);
    assertThat(policy.with(Map.of("call-after", "PT72H")).feel())
        .containsEntry("callLatest", "P3D");
    assertThat(policy.with(Map.of("call-after", "PT72H", "call-latest", "P5D")).feel())
        .containsEntry("callAfter", "PT72H");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.with(Map.of("call-after", "PT72H", "call-latest", "P2D")))
        .withMessage(
            "call-after: PT72H contradicts call-latest, P2D: it may be that at most."
                + " Set one of them otherwise.");
  }

  @Test
  void aNameThatIsUnknownIsRefused() {
    Policy policy =
        Policy.parse(
            """
            effective: 2026-11-01
            values: {call-after: {value: 1, at-most: call-last, source: Own, evidence: E1,
                                  meaning: Call}}
            """);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.with(Map.of()))
        .withMessageContaining("there is no policy value 'call-last'");
  }

  @Test
  void aValueWithoutItsSourceIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Policy.parse(
                    """
                    effective: 2026-11-01
                    values: {nrs-min: {value: 5, evidence: E2, meaning: Least pain}}
                    """))
        .withMessageContaining("nrs-min: needs 'source'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Policy.parse("values: {}"))
        .withMessageContaining("effective");
  }

  private static void refused(String name, String value, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> POLICY.with(Map.of(name, value)))
        .withMessageContaining(why);
  }

  @Test
  void aChoiceIsOneOfItsValues() {
    Policy policy =
        Policy.parse(
            """
            effective: 2026-11-01
            values:
              profile: {value: usual, one-of: [usual, strict], source: s, evidence: LOCAL, meaning: m}
            """);
    assertThat(policy.with(Map.of("profile", "strict")).feel()).containsEntry("profile", "strict");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.with(Map.of("profile", "lax")))
        .withMessageContaining("profile: 'lax' is none of [usual, strict]");
  }

  @Test
  void limitsThatFollowOneAnotherAddUpToTheTargetAtMost() {
    Policy policy =
        Policy.parse(
            """
            effective: 2026-11-01
            values:
              target: {value: P3D, source: s, evidence: LOCAL, meaning: m}
              look: {value: 24, unit: h, min: 1, max: 99, source: s, evidence: LOCAL, meaning: m}
              book: {value: P2D, source: s, evidence: LOCAL, meaning: m}
            sums:
              usual: {at-most: target, of: [look, book]}
            """);
    assertThat(policy.with(Map.of()).values()).containsKey("look");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.with(Map.of("look", "25")))
        .withMessageContaining("sum 'usual': [look, book] add up to 3.04 days, more than target");
  }

  @Test
  void theDeliveredLimitsKeepTheirTargets() {
    assertThat(ContentOnDisk.policy("vertebroplasty").with(Map.of()).sums()).hasSize(6);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> ContentOnDisk.policy("kyphoplasty").with(Map.of("imaging-within-urgent", "P4D")))
        .withMessageContaining("sum 'urgent'");
  }
}
