package org.carepathway.outreach;

import java.time.Instant;
import java.util.UUID;
import org.carepathway.outreach.Message.Purpose;

/**
 * What a patient is asked or told about by messages.
 *
 * @param about id of the Task; of an Appointment with its start, since another time is another
 *     matter
 * @param element BPMN element that it belongs to
 * @param opened when it came up
 * @param ends when nothing is asked any more and links end
 * @param rung how many messages there are about it
 * @param next when it is decided what follows; null where nothing does
 * @param failures wrong dates of birth that were entered, over all links
 * @param locked when its links were locked; null while they are not
 */
public record Matter(
    String about,
    Purpose purpose,
    UUID pathwayId,
    String patientId,
    String element,
    Instant opened,
    Instant ends,
    int rung,
    Instant next,
    State state,
    int failures,
    Instant locked) {

  /** Where it stands. */
  public enum State {
    OPEN("open"),
    ANSWERED("answered"),
    CLOSED("closed");

    private final String code;

    State(String code) {
      this.code = code;
    }

    String code() {
      return code;
    }

    static State ofCode(String code) {
      for (State state : values()) {
        if (state.code.equals(code)) {
          return state;
        }
      }
      throw new IllegalArgumentException("unknown state " + code);
    }
  }

  /** Id of the Task or Appointment. */
  public String resource() {
    return AppointmentTime.appointment(about);
  }

  public boolean isOpen() {
    return state == State.OPEN;
  }
}
