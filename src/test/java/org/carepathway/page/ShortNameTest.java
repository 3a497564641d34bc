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
        "Platelets [#/volume] in Blood by Automated count | Platelets",
        "Creatinine [Mass/volume] in Serum or Plasma | Creatinine",
        "Creatinine [Mass/volume] in Urine | Creatinine in Urine",
        "INR in Platelet poor plasma by Coagulation assay | INR",
        "Oxygen saturation in Arterial blood by Pulse oximetry | Oxygen saturation",
        "Midazolam 1 MG/ML Injectable Solution | Midazolam 1 mg/mL injectable solution",
        "2 ML fentanyl 0.05 MG/ML Injection | 2 mL fentanyl 0.05 mg/mL injection",
        "Injection | Injection",
        "Shellfish (substance) | Shellfish",
        "Fracture of spine (disorder) | Fracture of spine",
        "Paracetamol (500 mg) | Paracetamol (500 mg)",
        "Blood group in Blood from Newborn | Blood group in Blood from Newborn",
        "DXA Lumbar spine [T-score] Bone density | DXA Lumbar spine [T-score] Bone density",
        "Paracetamol 1 g by mouth | Paracetamol 1 g by mouth",
        "Body weight | Body weight",
      })
  void aNameKeepsWhatWasExamined(String name, String read) {
    assertThat(ShortName.of(name)).isEqualTo(read);
  }
}
