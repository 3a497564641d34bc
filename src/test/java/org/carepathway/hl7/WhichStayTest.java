package org.carepathway.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.carepathway.hl7.Interpreting.HEADER;
import static org.carepathway.hl7.Interpreting.PID;
import static org.carepathway.hl7.Interpreting.only;
import static org.carepathway.hl7.Interpreting.resources;
import static org.carepathway.hl7.Interpreting.said;

import org.hl7.fhir.r4.model.Encounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which stay an event is about: an admission that cannot be told apart is not passed over. */
class WhichStayTest {

  private static String event(String kind, String evn, String pid, String visit) {
    return HEADER.formatted(kind) + "EVN" + evn + "\r" + PID.replace("|F\r", pid) + visit + "\r";
  }

  private static String numbered(int field, String number) {
    return "PV1|1|I" + "|".repeat(field - 2) + number;
  }

  @Test
  void theVisitNumberThenTheAlternateOneThenTheAccountNameIt() {
    String account = "|F||||||||||ACC1\r";

    assertThat(number("ADT^A01", account, numbered(19, "V1")))
        .isEqualTo(number("ADT^A03", "|F\r", numbered(19, "V1")));
    assertThat(number("ADT^A01", account, numbered(50, "V2")))
        .isEqualTo(number("ADT^A03", "|F\r", numbered(50, "V2")));
    assertThat(number("ADT^A01", account, "PV1|1|I"))
        .isEqualTo(number("ADT^A03", account, "PV1|1|I"));
  }

  private static String number(String kind, String pid, String visit) {
    return only(said(event(kind, "|", pid, visit)), Encounter.class).getIdElement().getIdPart();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "||20261128080000||||20261128071500; 2026-11-28T07:15:00+01:00",
        "||20261128080000; 2026-11-28T08:00:00+01:00",
        "||; 2026-11-29T10:00:00+01:00",
      })
  void anAdmissionWithoutAnyBeganWithItsEvent(String evn, String begin) {
    Encounter stay = only(said(event("ADT^A01", evn, "|F\r", "PV1|1|I")), Encounter.class);

    assertThat(stay.getPeriod().getStartElement().getValueAsString()).isEqualTo(begin);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ADT^A02", "ADT^A03", "ADT^A11", "ADT^A12", "ADT^A13"})
  void aChangeOfAStayThatIsNotNamedIsRefused(String kind) {
    Hl7Refusal refusal =
        catchThrowableOfType(
            Hl7Refusal.class, () -> said(event(kind, "||20261128080000", "|F\r", "PV1|1|I")));

    assertThat(refusal.place()).hasToString("PV1-19");
  }

  @Test
  void anUpdateOfThePatientNeedsNoStay() {
    assertThat(resources(said(event("ADT^A08", "|", "|F\r", "PV1|1|O")), Encounter.class))
        .isEmpty();
  }
}
