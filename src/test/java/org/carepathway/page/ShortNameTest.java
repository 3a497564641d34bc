package org.carepathway.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of catalogues are shortened, and never so that another thing could be meant. */
class ShortNameTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Platelets [#/volume] in Blood by Automated count | Platelets in Blood",
        "Creatinine [Mass/volume] in Serum or Plasma | Creatinine in Serum or Plasma",
        "Creatinine [Mass/volume] in Urine | Creatinine in Urine",
        "INR in Platelet poor plasma by Coagulation assay | INR in Platelet poor plasma",
        "DXA Lumbar spine [T-score] Bone density | DXA Lumbar spine [T-score] Bone density",
        "Paracetamol 1 g by mouth | Paracetamol 1 g by mouth",
        "Body weight | Body weight",
      })
  void aNameKeepsWhatWasExamined(String name, String read) {
    assertThat(ShortName.of(name)).isEqualTo(read);
  }
}
