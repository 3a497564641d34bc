package org.carepathway.capacity;

import java.util.Map;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentParticipantComponent;

/** Says in an appointment which Location or PractitionerRole each participant is. */
final class References {

  private References() {}

  static void put(Appointment appointment, Map<Wanted, Actor> wanted) {
    for (AppointmentParticipantComponent participant : appointment.getParticipant()) {
      Wanted.kind(participant)
          .ifPresent(
              kind ->
                  wanted.forEach(
                      (each, actor) -> {
                        if (each.kind().equals(kind)
                            && each.name().equals(participant.getActor().getDisplay())
                            && actor.reference() != null) {
                          participant.getActor().setReference(actor.reference());
                        }
                      }));
    }
  }
}
