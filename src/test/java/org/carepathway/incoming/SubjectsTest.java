package org.carepathway.incoming;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;

class SubjectsTest {

  @Test
  void anAppointmentThatIsMovedKeepsItsRoomAndPeople() {
    Appointment booked = new Appointment();
    booked.addParticipant().getActor().setReference("Location/r").setDisplay("Angio 1");
    booked.addParticipant().getActor().setReference("Patient/former");
    booked.addParticipant().getActor().setReference("PractitionerRole/o").setDisplay("Dr Example");

    Subjects.move(booked, "kept");

    assertThat(booked.getParticipant())
        .extracting(one -> one.getActor().getReference())
        .containsExactly("Location/r", "Patient/kept", "PractitionerRole/o");
  }

  @Test
  void whatElseIsMovedHasTheOtherSubject() {
    Observation value = new Observation();
    value.getSubject().setReference("Patient/former");
    Subjects.move(value, "kept");
    assertThat(Subjects.of(value)).containsExactly("kept");
  }
}
