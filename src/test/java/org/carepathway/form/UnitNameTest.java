package org.carepathway.form;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitNameTest {

  @ParameterizedTest
  @CsvSource({"10*9/L,10⁹/L", "10^9/L,10⁹/L", "10*12/L,10¹²/L", "10*3/uL,10³/uL", "mg/dL,mg/dL"})
  void aUnitHasItsPower(String unit, String read) {
    assertThat(UnitName.of(unit)).isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource({
    "score,''",
    "INR,''",
    "T-score,''",
    "{score},''",
    "'',''",
    "mg/dL,' mg/dL'",
    "mL/min/1.73 m2,' mL/min/1.73 m²'"
  })
  void aNumberWithoutAUnitStandsAlone(String unit, String read) {
    assertThat(UnitName.behind(unit)).isEqualTo(read);
  }
}
