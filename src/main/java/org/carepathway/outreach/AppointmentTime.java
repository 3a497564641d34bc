package org.carepathway.outreach;

import java.time.Instant;
import org.hl7.fhir.r4.model.Appointment;

/**
 * An appointment at one time: what is said about it is over as soon as it has another time.
 *
 * @param appointment id of the Appointment
 * @param start when it begins
 */
record AppointmentTime(String appointment, Instant start) {

  private static final char AT = '@';

  static AppointmentTime of(Appointment appointment) {
    return new AppointmentTime(
        appointment.getIdElement().getIdPart(), appointment.getStart().toInstant());
  }

  /** By what messages and links name it. */
  String about() {
    return appointment + AT + start.getEpochSecond();
  }

  /** The id of the Appointment in the name of an appointment at one time, or the name itself. */
  static String appointment(String about) {
    int at = about.indexOf(AT);
    return at < 0 ? about : about.substring(0, at);
  }
}
