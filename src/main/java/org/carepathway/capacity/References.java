package org.carepathway.capacity;

import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentParticipantComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Slot.SlotStatus;

/**
 * Says in an appointment which Location or PractitionerRole each participant is, and which Slots it
 * fills: those of whom is set up.
 */
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
    appointment.setSlot(slots(wanted));
  }

  private static List<Reference> slots(Map<Wanted, Actor> wanted) {
    return wanted.entrySet().stream()
        .filter(each -> each.getValue().setUp() && each.getValue().reference() != null)
        .map(each -> slot(each.getValue(), each.getKey().taken()))
        .toList();
  }

  private static Reference slot(Actor actor, Period taken) {
    return new Reference("Slot/" + Slots.id(actor, SlotStatus.BUSY, taken))
        .setDisplay(actor.name());
  }
}
