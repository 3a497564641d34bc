package org.carepathway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of results on file are read by name, value and unit; other texts stay. */
class OnFileTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Platelets [#/volume] in Blood by Automated count 249.22 10*3/uL (2024-08-07); Hemoglobin [Mass/volume] in Blood 12.1 g/dL (2024-08-07) | Platelets 249.22 10³/uL (2024-08-07); Hemoglobin 12.1 g/dL (2024-08-07)",
        "INR in Platelet poor plasma by Coagulation assay <1.1 (2026-02-28, Central laboratory) | INR <1.1 (2026-02-28, Central laboratory)",
        "clindamycin 150 MG/ML Injectable Solution | clindamycin 150 mg/mL injectable solution",
        "Severe pain of a recent fracture; more than 8 weeks | Severe pain of a recent fracture; more than 8 weeks",
        "5 / 5 | 5 / 5",
        "Aspirin; Apixaban 5 mg twice a day | Aspirin; Apixaban 5 mg twice a day",
      })
  void resultsAreReadAsTheRecordSaysThem(String text, String read) {
    assertThat(OnFile.read(text, UnaryOperator.identity())).isEqualTo(read);
  }
}
