package org.carepathway.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carepathway.hl7.Interpreting.HEADER;
import static org.carepathway.hl7.Interpreting.PID;
import static org.carepathway.hl7.Interpreting.only;
import static org.carepathway.hl7.Interpreting.resources;
import static org.carepathway.hl7.Interpreting.said;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is sent again is the same thing, and another thing is another: a correction changes what it
 * corrects and nothing else.
 */
class SameThingTest {

  private static String message(String kind, String... segments) {
    return HEADER.formatted(kind) + PID + String.join("\r", segments) + "\r";
  }

  private static String result(String what, String... lines) {
    return message(
        "ORU^R01", "OBR|1||R1^LAB|" + what + "|||||||||||||||||||||F", String.join("\r", lines));
  }

  private static String id(Resource resource) {
    return resource.getIdElement().getIdPart();
  }

  /** The name beside a code is for people: it changes with the language and the version. */
  @ParameterizedTest
  @CsvSource({
    "PT^Clotting^L, PT^Coagulation^L",
    "PT^Clotting^L, PT^^L",
    "PT^Clotting^L, PT^Clotting^L^34528-0^PT panel^LN",
    "^Clotting, ^CLOTTING",
    "^Clotting, ^ Clotting ",
  })
  void aReportWhoseNameIsWrittenOtherwiseIsTheSame(String first, String second) {
    String inr = "OBX|1|NM|6301-6^INR^LN||1.0|{INR}^^UCUM||||F";
    Said before = said(result(first, inr));
    Said after = said(result(second, inr.replace("^INR^", "^INR in plasma^")));

    assertThat(id(only(after, DiagnosticReport.class)))
        .isEqualTo(id(only(before, DiagnosticReport.class)));
    assertThat(id(only(after, Observation.class))).isEqualTo(id(only(before, Observation.class)));
  }

  @ParameterizedTest
  @CsvSource({
    "PT^Clotting^L, PTT^Clotting^L",
    "PT^Clotting^L, PT^Clotting^LN",
    "^Clotting, ^Blood count",
  })
  void anotherReportOfTheSameOrderIsAnother(String first, String second) {
    assertThat(id(only(said(result(second)), DiagnosticReport.class)))
        .isNotEqualTo(id(only(said(result(first)), DiagnosticReport.class)));
  }

  /** Else the platelets would be written over the INR. */
  @Test
  void testsWithoutCodesAreToldApartByTheirWords() {
    String inr = "OBX|1|NM|^INR||1.0|||||F";
    String platelets = "OBX|2|NM|^Platelets||245|10*9/L^^UCUM||||F";
    List<Observation> both = resources(said(result("X^Test^L", inr, platelets)), Observation.class);
    Observation corrected =
        only(said(result("X^Test^L", platelets.replace("245", "45"))), Observation.class);

    assertThat(id(corrected)).isEqualTo(id(both.get(1))).isNotEqualTo(id(both.get(0)));
  }

  @ParameterizedTest
  @CsvSource({
    "LATEX^Latex^L, LATEX^Latex (natural rubber)^L",
    "^Latex, ^LATEX",
  })
  void anAllergyIsKnownOnce(String first, String second) {
    assertThat(id(only(said(message("ADT^A31", "AL1|1|DA|" + second)), AllergyIntolerance.class)))
        .isEqualTo(
            id(only(said(message("ADT^A31", "AL1|1|DA|" + first)), AllergyIntolerance.class)));
  }

  /** Up to 2.3 a diagnosis may be told in words only, and senders send the segment empty. */
  @Test
  void aDiagnosisInWordsIsOneAndAnEmptySegmentSaysNothing() {
    Said said =
        said(message("ADT^A31", "DG1|1", "DG1|2||\"\"|Osteoporosis||F", "AL1|1", "AL1|2||\"\""));

    assertThat(only(said, Condition.class).getCode().getText()).isEqualTo("Osteoporosis");
    assertThat(resources(said, AllergyIntolerance.class)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"D", "W", "X", "N"})
  void whatIsTakenBackIsNotRead(String status) {
    DiagnosticReport report =
        only(
            said(
                result(
                    "X^Test^L",
                    "OBX|1|TX|A^Report^L||Fracture of L1.||||||F",
                    "OBX|2|TX|A^Report^L||Fracture of T12.||||||" + status,
                    "OBX|3|TX|A&IMP^Report^L||Old fracture.||||||" + status,
                    "OBX|4|ED|P^Report^L||R^Application^PDF^Base64^JVBERi0=||||||" + status)),
            DiagnosticReport.class);

    assertThat(report.getConclusion()).isEqualTo("Fracture of L1.");
    assertThat(report.getPresentedForm()).hasSize(1);
    assertThat(new String(report.getPresentedFormFirstRep().getData(), StandardCharsets.UTF_8))
        .isEqualTo("Fracture of L1.");
  }

  @Test
  void aReportWhoseTextIsTakenBackHasNone() {
    String text = "OBX|1|TX|A^Report^L||Fracture of L1.||||||";
    DiagnosticReport known = only(said(result("X^Test^L", text + "F")), DiagnosticReport.class);
    said(result("X^Test^L", text + "D")).statements().get(0).fill().accept(known);

    assertThat(known.hasConclusion()).isFalse();
    assertThat(known.hasPresentedForm()).isFalse();
  }

  /** Half of a value would be read as the whole. */
  @ParameterizedTest
  @CsvSource({
    "ST, first~second, 'first\nsecond'",
    "NM, 1.0~2.4, '1.0\n2.4'",
    "CWE, A^Staphylococcus^L~B^Streptococcus^L, 'Staphylococcus\nStreptococcus'",
    "DT, 20261101~20261102, '2026-11-01\n2026-11-02'",
    "SN, >^1~<^2, '>1\n<2'",
  })
  void aValueOfSeveralIsAllOfThem(String type, String value, String read) {
    Observation observation =
        only(
            said(result("X^Test^L", "OBX|1|%s|1^One^L||%s||||||F".formatted(type, value))),
            Observation.class);

    assertThat(observation.getValueStringType().getValue()).isEqualTo(read);
  }
}
