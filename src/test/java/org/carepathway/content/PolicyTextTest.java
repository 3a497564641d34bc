package org.carepathway.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTextTest {

  /** A name in kebab-case after the word, and what is true only where nobody set it otherwise. */
  private static final Pattern MACHINE =
      Pattern.compile("\\b[Pp]olicy [a-z0-9]+-[a-z0-9-]+|as delivered|\\bP(T?\\d+[DHMW])+\\b");

  private static final Policy POLICY =
      Policy.parse(
          """
          effective: 2026-01-01
          values:
            inr-max: {value: 1.8, source: S, evidence: E1, meaning: M}
            volume: {value: 6.0, source: S, evidence: E1, meaning: M}
            rounds: {value: 7, source: S, evidence: E1, meaning: M}
            mdt-within: {value: P14D, source: S, evidence: E1, meaning: M}
            observe: {value: PT120M, source: S, evidence: E1, meaning: M}
          """);

  @ParameterizedTest
  @CsvSource({
    "At most {{policy inr-max}}., At most 1.8.",
    "{{policy volume}} mL in {{policy rounds}} rounds, 6 mL in 7 rounds",
    "within {{policy mdt-within in days}} days, within 14 days",
    "for {{policy observe in minutes}} minutes, for 120 minutes",
    "from {{%today}} on, from {{%today}} on",
  })
  void aTextSaysTheValueInForce(String written, String read) {
    assertThat(PolicyText.in(written, POLICY)).isEqualTo(read);
  }

  @Test
  void whatTheHospitalSetsIsSaid() {
    Policy own = POLICY.with(Map.of("inr-max", "1.5", "mdt-within", "P7D"));
    assertThat(PolicyText.in("{{policy inr-max}} {{policy mdt-within in days}}", own))
        .isEqualTo("1.5 7");
  }

  @ParameterizedTest
  @CsvSource({"{{policy unknown}}, unknown", "{{policy mdt-within}}, in days"})
  void whatCannotBeSaidIsRefused(String written, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PolicyText.in(written, POLICY))
        .withMessageContaining(reason);
  }

  @Test
  void withoutAHospitalItIsTheName() {
    assertThat(PolicyText.named("At most {{policy inr-max}}, {{%today}}"))
        .isEqualTo("At most policy inr-max, {{%today}}");
  }

  /** No form says the name of a value, what was delivered, or a time limit as machines write it. */
  @Test
  void noTextOfAFormSpeaksLikeAMachine() throws Exception {
    assertThat(SeenTexts.ofForms(Path.of("fhir-profiles")))
        .hasSizeGreaterThan(1000)
        .noneMatch(text -> MACHINE.matcher(text).find());
    assertThat(
            List.of(
                "Limit: policy inr-max (1.8).",
                "At most 1.8 as delivered",
                "within P14D",
                "after PT4H"))
        .allMatch(text -> MACHINE.matcher(text).find());
    assertThat(List.of("the policy of the hospital", "P1 and PT", "Position of the patient"))
        .noneMatch(text -> MACHINE.matcher(text).find());
  }
}
