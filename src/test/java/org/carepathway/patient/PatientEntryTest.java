package org.carepathway.patient;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;

/** By what a patient is found. */
class PatientEntryTest {

  /** R4 asks for a system only where there is a value. */
  @Test
  void aContactWithoutSystemHindersNothing() {
    Patient patient = new Patient();
    patient.addTelecom().setUse(ContactPointUse.HOME);
    patient.addTelecom().setSystem(ContactPointSystem.PHONE).setValue("(555) 300-8082");
    assertThat(PatientEntry.texts(patient, patient)).contains("5553008082");
  }
}
