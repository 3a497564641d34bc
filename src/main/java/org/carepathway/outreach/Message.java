package org.carepathway.outreach;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * A message to a patient or to staff.
 *
 * @param id also that of the FHIR Communication
 * @param purpose what it is for
 * @param patientId null for staff
 * @param element BPMN element that it is about
 * @param about id of the Task or Appointment that it is about
 * @param rung which message about the same thing it is, from 1
 * @param address of mail, a phone number, or where a letter or page goes
 * @param due when it is to leave
 * @param attempts how often it was tried
 * @param gatewayId by what the gateway knows it; null before
 */
public record Message(
    UUID id,
    Purpose purpose,
    UUID pathwayId,
    String patientId,
    String element,
    String about,
    int rung,
    Channel channel,
    String address,
    Locale language,
    Instant due,
    MessageState state,
    int attempts,
    String gatewayId,
    String said) {

  /** What messages are for. */
  public enum Purpose {
    /** Asks the patient to answer a form by a link. */
    QUESTION("question"),
    /** Reminds the patient of an appointment, with a link to confirm or change it. */
    APPOINTMENT("appointment"),
    /** Tells staff of what has to be done at once. */
    ALARM("alarm");

    private final String code;

    Purpose(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }

    /** Staff are told at any hour. */
    boolean isForPatients() {
      return this != ALARM;
    }

    static Purpose ofCode(String code) {
      for (Purpose purpose : values()) {
        if (purpose.code.equals(code)) {
          return purpose;
        }
      }
      throw new IllegalArgumentException("unknown purpose " + code);
    }
  }
}
