package org.carepathway.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Date;
import org.hl7.fhir.r4.model.Address.AddressUse;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.junit.jupiter.api.Test;

/** Where a patient is reached, whatever an EHR leaves out. */
class WhereaboutsTest {

  private static final String ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

  private final Patient patient = new Patient();

  @Test
  void aPhoneWithoutUseGetsTextMessages() {
    phone("+1 (555) 300-8082");
    assertThat(Whereabouts.of(patient, Channel.SMS)).contains("+15553008082");
  }

  @Test
  void aMobilePhoneComesBeforeAnother() {
    phone("555 300 8082");
    phone("555 300 0001").setUse(ContactPointUse.MOBILE);
    assertThat(Whereabouts.of(patient, Channel.SMS)).contains("5553000001");
  }

  @Test
  void anOldNumberIsNone() {
    phone("555 300 8082").setUse(ContactPointUse.OLD);
    phone("555 300 0001").setPeriod(new Period().setEnd(new Date()));
    assertThat(Whereabouts.of(patient, Channel.SMS)).isEmpty();
  }

  @Test
  void whatIsSaidToBeAbsentIsNone() {
    for (ContactPointSystem system : ContactPointSystem.values()) {
      if (system != ContactPointSystem.NULL) {
        patient
            .addTelecom()
            .setSystem(system)
            .getValueElement()
            .addExtension(ABSENT, new CodeType("unknown"));
      }
    }
    patient.addTelecom().setUse(ContactPointUse.HOME);
    patient.addAddress().getCityElement().addExtension(ABSENT, new CodeType("unknown"));
    patient
        .addAddress()
        .setCity("Springfield")
        .addLineElement()
        .addExtension(ABSENT, new CodeType("unknown"));
    for (Channel channel : Channel.values()) {
      assertThat(Whereabouts.of(patient, channel)).as(channel.code()).isEmpty();
    }
  }

  @Test
  void aLetterHasTheLinesOfTheAddress() {
    patient.addAddress().setCity("Springfield").setPostalCode("01101").addLine("1 Main St");
    assertThat(Whereabouts.of(patient, Channel.LETTER)).contains("1 Main St\n01101 Springfield");
  }

  @Test
  void aLetterGoesToNoFormerAddress() {
    patient.addAddress().setUse(AddressUse.OLD).setCity("Formerly").addLine("2 Main St");
    assertThat(Whereabouts.of(patient, Channel.LETTER)).isEmpty();
    patient.addAddress().setUse(AddressUse.HOME).setCity("Springfield").addLine("1 Main St");
    assertThat(Whereabouts.of(patient, Channel.LETTER))
        .hasValueSatisfying(to -> assertThat(to).contains("Springfield"));
  }

  @Test
  void aTextThatIsNoAddressIsNone() {
    phone("ask the daughter");
    patient.addTelecom().setSystem(ContactPointSystem.EMAIL).setValue("none");
    assertThat(Whereabouts.of(patient, Channel.SMS)).isEmpty();
    assertThat(Whereabouts.of(patient, Channel.MAIL)).isEmpty();
  }

  private ContactPoint phone(String number) {
    return patient.addTelecom().setSystem(ContactPointSystem.PHONE).setValue(number);
  }
}
