package org.carepathway.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carepathway.hl7.Interpreting.HEADER;
import static org.carepathway.hl7.Interpreting.said;

import java.util.List;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A field that is empty says nothing, and one with {@code ""} that there is nothing (HL7 2.7
 * chapter 2.5.3.3). Senders fill every field that they have nothing for with the latter: it takes
 * nothing away that another field says.
 */
class NothingSaidTest {

  private static final String NULL = "\"\"";

  private static Patient known(String pid) {
    Patient known = new Patient();
    known.addIdentifier().setSystem("urn:other").setValue("1");
    known.addTelecom().setValue("home").setUse(ContactPointUse.HOME);
    known.addTelecom().setValue("mobile").setUse(ContactPointUse.MOBILE);
    known.addTelecom().setValue("work").setUse(ContactPointUse.WORK);
    said(HEADER.formatted("ADT^A08") + pid + "\r").patient().accept(known);
    return known;
  }

  @ParameterizedTest
  @CsvSource({"2", "4"})
  void aPatientKeepsTheirNumbers(int field) {
    String pid = field == 2 ? "PID|1|\"\"|77^^^H^MR" : "PID|1||77^^^H^MR|\"\"";

    assertThat(known(pid).getIdentifier())
        .extracting(number -> number.getValue())
        .containsExactly("1", "77");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "            |      | home mobile work",
        "555-1       |      | work 555-1",
        "            | 555-2| home mobile 555-2",
        "555-1       | 555-2| 555-1 555-2",
        "555-1       | \"\" | 555-1",
        "\"\"        | 555-2| 555-2",
        "            | \"\" | home mobile",
        "\"\"        |      | work",
        "\"\"        | \"\" | ",
      })
  void aPhoneGoesOnlyWhereItsFieldSaysSo(String home, String work, String left) {
    String pid =
        "PID|1||77^^^H^MR||||||||||%s|%s"
            .formatted(home == null ? "" : home, work == null ? "" : work);

    assertThat(known(pid).getTelecom())
        .extracting(phone -> phone.getValue())
        .containsExactlyElementsOf(left == null ? List.of() : List.of(left.split(" ")));
  }

  @Test
  void anOrderKeepsItsNumbersAndWhoGaveIt() {
    Statement order =
        said(HEADER.formatted("ORM^O01")
                + "PID|1||77^^^H^MR||Doe^Jane\r"
                + "ORC|NW|O1^EHR|\"\"|||||||||4711^Referrer^Rita\r"
                + "OBR|1|O1^EHR|\"\"|X^Test^L||||||||||||\"\"\r")
            .statements()
            .get(0);
    ServiceRequest request = new ServiceRequest();
    order.fill().accept(request);

    assertThat(request.getIdentifier()).extracting(number -> number.getValue()).contains("O1");
    assertThat(request.getRequester().getDisplay()).isEqualTo("Rita Referrer");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"-, 2026-11-28", "\"\", -", "20261130, 2026-11-30"})
  void anEndThatIsTakenAwayLeavesTheBegin(String end, String left) {
    Statement stay =
        said(HEADER.formatted("ADT^A08")
                + "PID|1||77^^^H^MR\rPV1|1|I"
                + "|".repeat(17)
                + "V1"
                + "|".repeat(25)
                + "20261127|"
                + (end == null ? "" : end)
                + "\r")
            .statements()
            .get(0);
    Encounter known = new Encounter();
    known.getPeriod().setEndElement(new DateTimeType("2026-11-28"));
    stay.fill().accept(known);

    assertThat(known.getPeriod().getStartElement().getValueAsString()).isEqualTo("2026-11-27");
    assertThat(known.getPeriod().getEndElement().getValueAsString()).isEqualTo(left);
  }

  /** The death may be known from elsewhere; who would be alive again is told by a person. */
  @ParameterizedTest
  @CsvSource({"N", NULL})
  void nobodyIsAliveAgainByAFieldThatIsAlwaysSent(String indicator) {
    Patient known = new Patient();
    known.setDeceased(new BooleanType(true));
    said(HEADER.formatted("ADT^A08") + "PID|1||77^^^H^MR" + "|".repeat(27) + indicator + "\r")
        .patient()
        .accept(known);

    assertThat(known.getDeceasedBooleanType().booleanValue()).isTrue();
  }
}
