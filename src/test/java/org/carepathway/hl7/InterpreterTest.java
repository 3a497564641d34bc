package org.carepathway.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.carepathway.hl7.Interpreting.HEADER;
import static org.carepathway.hl7.Interpreting.PID;
import static org.carepathway.hl7.Interpreting.only;
import static org.carepathway.hl7.Interpreting.patient;
import static org.carepathway.hl7.Interpreting.resources;
import static org.carepathway.hl7.Interpreting.said;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What messages say, by the tables. */
class InterpreterTest {

  private static final String ORDER = "OBR|1||R1^LAB|X^Test^L|||||||||||||||||||||F";

  private static Hl7Refusal refusal(String message) {
    return catchThrowableOfType(Hl7Refusal.class, () -> said(message));
  }

  private static String message(String kind, String... segments) {
    return HEADER.formatted(kind) + PID + String.join("\r", segments) + "\r";
  }

  private static String result(String... lines) {
    return message("ORU^R01", ORDER + "\r" + String.join("\r", lines));
  }

  private static String demo(String name) throws Exception {
    return Files.readString(Path.of("src/main/resources/demo/hl7", name));
  }

  @Test
  void aReferralSaysWhoAndWhat() throws Exception {
    Said said = said(demo("1-referral.hl7"));
    Patient patient = patient(said);

    assertThat(patient.getNameFirstRep().getNameAsSingleString()).isEqualTo("Carmen Muñoz");
    assertThat(patient.getBirthDateElement().getValueAsString()).isEqualTo("1948-12-03");
    assertThat(patient.getGender().toCode()).isEqualTo("female");
    assertThat(patient.getTelecomFirstRep().getValue()).isEqualTo("+34 600 000 111");
    assertThat(patient.getAddressFirstRep().getCity()).isEqualTo("Madrid");
    ServiceRequest request = only(said, ServiceRequest.class);
    assertThat(request.getStatus().toCode()).isEqualTo("active");
    assertThat(request.getCode().getCodingFirstRep().getCode())
        .isEqualTo("percutaneous-vertebroplasty");
    assertThat(request.getIdentifier()).hasSize(1);
    assertThat(request.getPriority().toCode()).isEqualTo("routine");
    assertThat(request.getRequester().getDisplay()).isEqualTo("Dr. Rita Referrer");
    assertThat(request.getReasonCodeFirstRep().getCodingFirstRep().getCode()).isEqualTo("M80.08");
    assertThat(request.getNoteFirstRep().getText()).startsWith("Pain for three weeks");
    AllergyIntolerance allergy = only(said, AllergyIntolerance.class);
    assertThat(allergy.getCode().getText()).isEqualTo("Latex");
    assertThat(allergy.getCriticality().toCode()).isEqualTo("high");
  }

  /** Who calls a fax, or writes to where somebody lived, reaches nobody or the wrong one. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "555-1 | phone home 555-1",
        "555-1^WPN^PH | phone work 555-1",
        "555-1^PRN^CP | phone mobile 555-1",
        "555-1^PRS^PH | phone mobile 555-1",
        "555-1^PRN^FX | fax home 555-1",
        "555-1^PRN^BP | pager home 555-1",
        "555-1^PRN^TTY | other home 555-1",
        "^NET^Internet^a@example.org | email home a@example.org",
        "^NET^X.400^a@example.org | email home a@example.org",
        "^PRN^PH^^34^600^111 | phone home 34 600 111",
        "555-1^PRN^PH^^^^^^^^^^^20200131 | phone home 555-1 until 2020-01-31",
        "555-1^PRN^PH^^^^^^^^^^^20201399 | phone home 555-1",
        "555-1^ZZZ^YY | phone home 555-1",
      })
  void aNumberSaysWhatItIsFor(String number, String read) {
    Patient patient = patient(said(person("||||||||" + number)));

    assertThat(patient.getTelecom())
        .extracting(
            point ->
                "%s %s %s%s"
                    .formatted(
                        point.getSystem().toCode(),
                        point.getUse().toCode(),
                        point.getValue(),
                        until(point.getPeriod())))
        .containsExactly(read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1 Main^^Springfield^^01101^^H | home Springfield",
        "1 Main^^Springfield^^01101^^BA | old Springfield",
        "1 Main^^Springfield^^01101^^BDL | old Springfield",
        "1 Main^^Springfield^^01101^^C | temp Springfield",
        "1 Main^^Springfield^^01101^^ZZ | ? Springfield",
        "1 Main^^Springfield^^01101^^H^^^^^^^202001311200 | home Springfield until 2020-01-31",
      })
  void anAddressSaysWhetherSomebodyLivesThere(String address, String read) {
    Patient patient = patient(said(person("||||||" + address)));

    assertThat(patient.getAddress())
        .extracting(
            one ->
                "%s %s%s"
                    .formatted(
                        one.getUse() == null ? "?" : one.getUse().toCode(),
                        one.getCity(),
                        until(one.getPeriod())))
        .containsExactly(read);
  }

  private static String person(String fromPid5) {
    return HEADER.formatted("ADT^A08") + "PID|1||77^^^H^MR||Doe^Jane" + fromPid5 + "\r";
  }

  private static String until(Period period) {
    return period.hasEnd() ? " until " + period.getEndElement().getValueAsString() : "";
  }

  @Test
  void resultsAreValuesWithUnitsRangesAndTimes() throws Exception {
    Said said = said(demo("2-labs.hl7"));
    List<Observation> values = resources(said, Observation.class);

    assertThat(values).hasSize(3);
    Observation platelets = values.get(1);
    assertThat(platelets.getValueQuantity().getCode()).isEqualTo("10*9/L");
    assertThat(platelets.getValueQuantity().getValue()).isEqualByComparingTo("245");
    assertThat(platelets.getCode().getCodingFirstRep().getSystem()).isEqualTo("http://loinc.org");
    assertThat(platelets.getReferenceRangeFirstRep().getText()).isEqualTo("150-400");
    assertThat(platelets.getEffectiveDateTimeType().getValueAsString())
        .isEqualTo("2026-11-29T09:00:00+01:00");
    assertThat(platelets.getStatus().toCode()).isEqualTo("final");
    DiagnosticReport report = only(said, DiagnosticReport.class);
    assertThat(report.getResult()).hasSize(3);
    assertThat(report.getResult().get(0).getReference())
        .isEqualTo("Observation/" + values.get(0).getIdElement().getIdPart());
  }

  @Test
  void aCorrectionIsOfTheSameObservation() throws Exception {
    String labs = demo("2-labs.hl7");
    Observation before = resources(said(labs), Observation.class).get(0);
    String corrected =
        labs.replace("||1.0|{INR}^^UCUM|0.8-1.2|N|||F", "||2.4|{INR}^^UCUM|0.8-1.2|H|||C");
    Observation after = resources(said(corrected), Observation.class).get(0);

    assertThat(after.getIdElement().getIdPart()).isEqualTo(before.getIdElement().getIdPart());
    assertThat(after.getStatus().toCode()).isEqualTo("corrected");
    assertThat(after.getValueQuantity().getValue()).isEqualByComparingTo("2.4");
  }

  @Test
  void aReportOfTheRadiologyIsItsTextAndItsImpression() throws Exception {
    DiagnosticReport report = only(said(demo("3-report.hl7")), DiagnosticReport.class);

    assertThat(report.getConclusion()).isEqualTo("Acute osteoporotic compression fracture of L1.");
    assertThat(new String(report.getPresentedFormFirstRep().getData(), StandardCharsets.UTF_8))
        .contains("bone marrow oedema on STIR.\nNo retropulsion");
  }

  @Test
  void aReportThatDoesNotSayHowItStandsIsFinalOnceAllOfItIs() {
    String order = "OBR|1||R1^LAB|X^Test^L";
    String done = "OBX|1|NM|1^One^L||1||||||F";
    String open = "OBX|2|NM|2^Two^L||2||||||P";
    assertThat(
            only(said(message("ORU^R01", order, done)), DiagnosticReport.class)
                .getStatus()
                .toCode())
        .isEqualTo("final");
    assertThat(
            only(said(message("ORU^R01", order, done, open)), DiagnosticReport.class)
                .getStatus()
                .toCode())
        .isEqualTo("unknown");
  }

  @Test
  void aFileInAResultIsItsForm() {
    byte[] pdf = new byte[5_000_000];
    String data = Base64.getEncoder().encodeToString(pdf);
    DiagnosticReport report =
        only(
            said(result("OBX|1|ED|PDF^Report^L||RIS^Application^PDF^Base64^" + data + "||||||F")),
            DiagnosticReport.class);
    assertThat(report.getPresentedFormFirstRep().getContentType()).isEqualTo("application/pdf");
    assertThat(report.getPresentedFormFirstRep().getData()).hasSize(pdf.length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "RIS^Application^PDF^A^JVBERi0=; OBX-5.4",
        "RIS^PDF^Base64^JVBERi0=; OBX-5.3",
        "RIS^Application^PDF^Base64^%%%; OBX-5.5",
        "RIS^Application^PDF^Base64; OBX-5.5",
      })
  void aFileInTheWrongPartIsRefusedWithItsPlace(String value, String place) {
    Hl7Refusal refusal = refusal(result("OBX|1|ED|PDF^Report^L||" + value + "||||||F"));
    assertThat(refusal.place()).hasToString(place);
  }

  @Test
  void separatorsInTextThatNobodyEscapedAreText() {
    Observation text =
        only(said(result("OBX|1|ST|X^Test^L||Smith & Sons ^ co||||||F")), Observation.class);
    assertThat(text.getValueStringType().getValue()).isEqualTo("Smith & Sons ^ co");
  }

  @Test
  void escapesAreReadAndLinesStayLines() {
    Observation text =
        only(
            said(result("OBX|1|ST|X^Test^L||a \\T\\ b \\F\\ c\\.br\\\\H\\d\\N\\ \\X41\\||||||F")),
            Observation.class);
    assertThat(text.getValueStringType().getValue()).isEqualTo("a & b | c\nd A");
  }

  @ParameterizedTest
  @CsvSource({
    "Mu\\XF1\\oz, Muñoz",
    "Mu\\XC3B1\\oz, Muñoz",
    "Mu\\Xc3\\\\XB1\\oz, Muñoz",
    "O\\X27\\Neill, O'Neill",
    "Mu\\XF\\oz, Mu\\XF\\oz",
  })
  void aNameMayBeSentByItsBytes(String sent, String read) {
    String message = HEADER.formatted("ADT^A08") + PID.replace("Doe", sent);
    assertThat(patient(said(message)).getNameFirstRep().getFamily()).isEqualTo(read);
  }

  @Test
  void aTextOfMegabytesIsKeptWhole() {
    String text = "word ".repeat(400_000).strip();
    DiagnosticReport report =
        only(said(result("OBX|1|TX|X^Report^L||" + text + "||||||F")), DiagnosticReport.class);
    assertThat(report.getConclusion()).isEqualTo(text);
  }

  @Test
  void comparisonsAndCodesAreWhatTheyAre() {
    List<Observation> values =
        resources(
            said(
                result(
                    "OBX|1|SN|1^Less^L||<^0.5|mg/L^^UCUM|||||F",
                    "OBX|2|SN|2^Titre^L||^1^:^128||||||F",
                    "OBX|3|CWE|3^Group^L||A^Group A^L||||||F",
                    "OBX|4|NM|4^None^L||||||||N",
                    "OBX|5|NM|5^GFR^L||>= 90|mL/min^^UCUM|||||F")),
            Observation.class);
    assertThat(values.get(0).getValueQuantity().getComparator().toCode()).isEqualTo("<");
    assertThat(values.get(1).getValueStringType().getValue()).isEqualTo("1:128");
    assertThat(values.get(2).getValueCodeableConcept().getText()).isEqualTo("Group A");
    assertThat(values.get(3).hasValue()).isFalse();
    assertThat(values.get(4).getValueQuantity().getComparator().toCode()).isEqualTo(">=");
    assertThat(values.get(4).getValueQuantity().getValue()).isEqualByComparingTo("90");
  }

  @ParameterizedTest
  @CsvSource({
    "20261129100000, 2026-11-29T10:00:00+01:00",
    "20260701100000, 2026-07-01T10:00:00+02:00",
    "20261025023000, 2026-10-25T02:30:00+02:00",
    "20260329023000, 2026-03-29T03:30:00+02:00",
    "20261129100000-0500, 2026-11-29T10:00:00-05:00",
    "202611291000, 2026-11-29T10:00:00+01:00",
    "20261129100000.1234, 2026-11-29T10:00:00.123+01:00",
    "20261129100000.123456, 2026-11-29T10:00:00.123+01:00",
    "20261129, 2026-11-29",
    "202611, 2026-11",
    "2026, 2026",
  })
  void aTimeWithoutAnOffsetIsOfTheSite(String time, String expected) {
    Encounter stay = only(said(message("ADT^A01", visit(time))), Encounter.class);
    assertThat(stay.getPeriod().getStartElement().getValueAsString()).isEqualTo(expected);
  }

  @Test
  void aTimeWithoutAnOffsetHasThatOfTheHeader() {
    String message =
        message("ADT^A01", visit("20261129090000"))
            .replace("20261129100000||", "20261129100000-0300||");
    Encounter stay = only(said(message), Encounter.class);
    assertThat(stay.getPeriod().getStartElement().getValueAsString())
        .isEqualTo("2026-11-29T09:00:00-03:00");
  }

  private static String visit(String admitted) {
    return "PV1|1|I|W1^12^A" + "|".repeat(16) + "V1" + "|".repeat(25) + admitted;
  }

  @ParameterizedTest
  @CsvSource({
    "ADT^A01, in-progress",
    "ADT^A03, finished",
    "ADT^A11, cancelled",
    "ADT^A13, in-progress"
  })
  void anEventSaysHowAStayIs(String kind, String status) {
    Encounter stay = only(said(message(kind, visit("20261129090000"))), Encounter.class);
    assertThat(stay.getStatus().toCode()).isEqualTo(status);
    assertThat(stay.getLocationFirstRep().getLocation().getDisplay()).isEqualTo("W1, 12, A");
  }

  @Test
  void appointmentsAndDocumentsAreRead() {
    Appointment appointment =
        only(
            said(
                message(
                    "SIU^S12",
                    "SCH|P1^EHR|F1^EHR|||||MRI^MRI of the spine^L|Routine^Routine^L|30|min|^^^20261201090000^20261201093000",
                    "AIL|1||MR1^Room 2^^RAD")),
            Appointment.class);
    assertThat(appointment.getStatus().toCode()).isEqualTo("booked");
    assertThat(appointment.getStart()).isEqualTo("2026-12-01T08:00:00Z");
    assertThat(appointment.getEnd()).isEqualTo("2026-12-01T08:30:00Z");
    DocumentReference document =
        only(
            said(
                message(
                    "MDM^T02",
                    "TXA|1|DS^Discharge summary^L|TX|||20261129100000||||||D1^EHR|||||AU",
                    "OBX|1|TX|DS^Discharge summary^L||Went home.||||||F")),
            DocumentReference.class);
    assertThat(document.getContentFirstRep().getAttachment().getData())
        .asString()
        .isEqualTo("Went home.");
    assertThat(document.getDocStatus().toCode()).isEqualTo("final");
  }

  @Test
  void aDeathIsRead() {
    String dead = message("ADT^A08").replace("|F\r", "|F" + "|".repeat(22) + "Y\r");
    assertThat(patient(said(dead)).getDeceasedBooleanType().booleanValue()).isTrue();
    String at = message("ADT^A08").replace("|F\r", "|F" + "|".repeat(21) + "20261128|Y\r");
    assertThat(patient(said(at)).getDeceasedDateTimeType().getValueAsString())
        .isEqualTo("2026-11-28");
  }

  @Test
  void whatIsKnownStaysWhereAMessageIsSilentAndGoesWhereItSaysSo() {
    Patient known = new Patient();
    known.addIdentifier().setSystem("urn:other").setValue("1");
    known.addName().setFamily("Old");
    known.addAddress().setCity("Here");
    known.addTelecom().setValue("1");
    said(message("ADT^A08").replace("|F\r", "|F|||||\"\"\r")).patient().accept(known);
    assertThat(known.getIdentifier()).hasSize(2);
    assertThat(known.getName()).hasSize(1);
    assertThat(known.getNameFirstRep().getFamily()).isEqualTo("Doe");
    assertThat(known.getAddressFirstRep().getCity()).isEqualTo("Here");
    assertThat(known.hasTelecom()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.3", "2.3.1", "2.4", "2.5", "2.5.1", "2.6", "2.7", "2.8", "9.9"})
  void everyVersionIsRead(String version) throws Exception {
    Said said = said(demo("2-labs.hl7").replace("|P|2.5|", "|P|" + version + "|"));
    assertThat(resources(said, Observation.class)).hasSize(3);
  }

  @Test
  void otherSeparatorsOtherOrderAndSegmentsOfTheSiteAreRead() {
    String message =
        "MSH$%~\\&$E$H$C$S$20261129100000$$ADT%A01$1$P$2.5\rZPI$1$x\rPV1$1$I$W1"
            + "$".repeat(16)
            + "V1\rPID$1$$77%%%H%MR$$Doe%Jane$$19480101$F\r";
    assertThat(patient(said(message)).getNameFirstRep().getFamily()).isEqualTo("Doe");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "8859/1; ISO-8859-1; Muñoz",
        "UNICODE UTF-8; UTF-8; Muñoz",
        "; UTF-8; Muñoz",
        "; ISO-8859-1; MSH-18",
        "ASCII; UTF-8; MSH-18",
        "8859/1; UTF-8; MSH-18",
        "UNICODE UTF-8; ISO-8859-1; MSH-18",
        "KLINGON; UTF-8; MSH-18",
      })
  void aNameIsRightOrTheMessageRefused(String said, String bytes, String expected) {
    String message =
        HEADER
                .formatted("ADT^A08")
                .replace("|2.5\r", "|2.5||||||" + (said == null ? "" : said) + "\r")
            + PID.replace("Doe", "Muñoz");
    byte[] content = message.getBytes(Charset.forName(bytes));
    if (expected.startsWith("MSH")) {
      Hl7Refusal refusal = catchThrowableOfType(Hl7Refusal.class, () -> said(content));
      assertThat(refusal.place()).hasToString(expected);
    } else {
      assertThat(patient(said(content)).getNameFirstRep().getFamily()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      nullValues = "-",
      value = {
        "ADT^A99; -; AR; MSH-9",
        "ZZZ^Z01; -; AR; MSH-9",
        "ORM^O01; -; AE; ORC",
        "ORM^O01; ORC|QQ|1^E@OBR|1|1^E||X^X^L; AE; ORC-1",
        "ORM^O01; ORC|NW@OBR|1|||X^X^L; AE; ORC-2",
        "ORU^R01; OBR|1||1^L|X^X^L|||||||||||||||||||||F@OBX|1|NM|1^x^L||high||||||F; AE; OBX-5",
        "ORU^R01; OBR|1||1^L|X^X^L|||||||||||||||||||||F@OBX|1|NM|1^x^L||1E999999999||||||F; AE; OBX-5",
        "ORU^R01; OBR|1||1^L|X^X^L|||||||||||||||||||||F@OBX|1|NM|1^x^L||10000000000000000000000000000000000000000||||||F; AE; OBX-5",
        "ORU^R01; OBR|1||1^L|X^X^L|||||||||||||||||||||F@OBX|1|SN|1^x^L||>^1E999999999||||||F; AE; OBX-5.2",
        "ORU^R01; OBR|1||1^L|X^X^L|||||||||||||||||||||F@OBX|1|NM|1^x^L||>1E999999999||||||F; AE; OBX-5",
        "ORU^R01; OBR|1||1^L|X^X^L|||||||||||||||||||||F@OBX|1|NM|1^x^L||1||||||Q; AE; OBX-11",
        "ORU^R01; OBR|1||1^L|X^X^L|||||||||||||||||||||F@OBX|1|QQ|1^x^L||1||||||F; AE; OBX-2",
        "ORU^R01; OBR|1||1^L|X^X^L|||||||||||||||||||||F@OBX|1|NM|||1||||||F; AE; OBX-3",
        "ADT^A01; PV1|1|I|||||||||||||||||V1|||||||||||||||||||||||||20261340; AE; PV1-44",
        "ADT^A40; -; AE; MRG",
        "ADT^A08; @PID|2||78^^^H^MR; AE; PID(2)",
      })
  void whatCannotBeTakenIsRefusedWithItsPlace(
      String kind, String segments, String code, String place) {
    Hl7Refusal refusal =
        refusal(message(kind, segments == null ? "" : segments.replace('@', '\r')));
    assertThat(refusal.acknowledgement()).isEqualTo(code);
    assertThat(refusal.place()).hasToString(place);
  }

  @Test
  void withoutANumberNobodyIsMeant() {
    assertThat(refusal(message("ADT^A08").replace("77^^^H^MR", "")).place()).hasToString("PID-3");
  }
}
