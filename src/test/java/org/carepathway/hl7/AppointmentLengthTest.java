package org.carepathway.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.carepathway.hl7.Interpreting.HEADER;
import static org.carepathway.hl7.Interpreting.PID;
import static org.carepathway.hl7.Interpreting.only;
import static org.carepathway.hl7.Interpreting.said;

import java.util.Date;
import org.hl7.fhir.r4.model.Appointment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long an appointment takes: a room that is held too briefly is booked twice. */
class AppointmentLengthTest {

  private static String event(String kind, String schedule, String... more) {
    return HEADER.formatted(kind)
        + PID
        + "SCH|P1^EHR|F1^EHR"
        + schedule
        + "\r"
        + String.join("\r", more)
        + "\r";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      nullValues = "-",
      value = {
        "30; -; 30",
        "30; min; 30",
        "30; MIN^Minutes^L; 30",
        "30; m; 30",
        "2; H; 120",
        "2; hr; 120",
        "1.5; hours; 90",
        "5400; s; 90",
        "5400; SEC; 90",
      })
  void theUnitOfTheLengthCounts(String length, String unit, int minutes) {
    Appointment appointment =
        only(
            said(
                event(
                    "SIU^S12",
                    "|||||||%s|%s|^^^20261201090000".formatted(length, unit == null ? "" : unit))),
            Appointment.class);

    assertThat(minutes(appointment)).isEqualTo(minutes);
    assertThat(appointment.getMinutesDuration()).isEqualTo(minutes);
  }

  @Test
  void aUnitThatIsNoneIsRefused() {
    Hl7Refusal refusal =
        catchThrowableOfType(
            Hl7Refusal.class, () -> said(event("SIU^S12", "|||||||3|slots|^^^20261201090000")));

    assertThat(refusal.place()).hasToString("SCH-10");
  }

  /** From 2.4 on the length is that of the service. */
  @Test
  void theLengthMayBeThatOfTheService() {
    Appointment appointment =
        only(
            said(event("SIU^S12", "", "AIS|1||MRI^MRI^L|20261201090000|||2|h")), Appointment.class);

    assertThat(minutes(appointment)).isEqualTo(120);
  }

  /** Where it would end by what was known of it would be a guess. */
  @ParameterizedTest
  @CsvSource({
    "^^^20261203140000, SCH-9",
    "^^^20261203140000^20261203130000, SCH-11",
    "^^^20261203140000^20261203140000, SCH-11",
  })
  void aMoveSaysHowLong(String timing, String place) {
    Hl7Refusal refusal =
        catchThrowableOfType(Hl7Refusal.class, () -> said(event("SIU^S13", "|||||||||" + timing)));

    assertThat(refusal.place()).hasToString(place);
  }

  /** Refused for its times, it would leave the room taken. */
  @ParameterizedTest
  @CsvSource({
    "SIU^S15, ^^^20261203140000",
    "SIU^S15, ^^^20261203140000^20261203140000",
    "SIU^S17, ''",
    "SIU^S26, ^^^20261203140000",
  })
  void aCancellationIsTakenWhateverItSaysOfTimes(String kind, String timing) {
    Appointment known = new Appointment();
    said(event("SIU^S12", "|||||||60|min|^^^20261201090000"))
        .statements()
        .get(0)
        .fill()
        .accept(known);
    said(event(kind, "|||||||||" + timing)).statements().get(0).fill().accept(known);

    assertThat(known.getStatus()).isNotEqualTo(Appointment.AppointmentStatus.BOOKED);
    assertThat(known.getStart()).isEqualTo("2026-12-01T08:00:00Z");
    assertThat(minutes(known)).isEqualTo(60);
  }

  /** The end that the message says counts, and the length that was known no longer. */
  @Test
  void aNewEndIsANewLength() {
    Appointment known = new Appointment();
    said(event("SIU^S12", "|||||||60|min|^^^20261201090000"))
        .statements()
        .get(0)
        .fill()
        .accept(known);
    said(event("SIU^S13", "|||||||||^^^20261203140000^20261203160000"))
        .statements()
        .get(0)
        .fill()
        .accept(known);

    assertThat(minutes(known)).isEqualTo(120);
    assertThat(known.getMinutesDuration()).isEqualTo(120);
  }

  private static long minutes(Appointment appointment) {
    Date start = appointment.getStart();
    return (appointment.getEnd().getTime() - start.getTime()) / 60_000;
  }
}
