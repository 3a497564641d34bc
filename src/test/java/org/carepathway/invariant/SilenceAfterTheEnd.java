package org.carepathway.invariant;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.CommunicationRequest;
import org.hl7.fhir.r4.model.CommunicationRequest.CommunicationRequestStatus;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/**
 * After every end no task stays and no appointment to come; after death or withdrawal no message to
 * the patient leaves either, and nothing new is written to be sent.
 */
final class SilenceAfterTheEnd implements Invariant {

  @Override
  public List<String> proves() {
    return List.of("Death", "Withdrawal / lost");
  }

  @Override
  public List<String> broken(Moment before, Moment after) {
    List<String> broken = new ArrayList<>();
    if (after.active()) {
      return broken;
    }
    after
        .all(Task.class)
        .filter(
            task -> !Set.of(TaskStatus.COMPLETED, TaskStatus.CANCELLED).contains(task.getStatus()))
        .forEach(task -> broken.add(task.getCode().getText() + " stays after the end"));
    after
        .all(Appointment.class)
        .filter(appointment -> appointment.getStatus() == AppointmentStatus.BOOKED)
        .filter(appointment -> appointment.getStart().toInstant().isAfter(after.now()))
        .forEach(appointment -> broken.add(Moment.name(appointment) + " is booked after the end"));
    if (Set.of("died", "withdrawn").contains(after.outcome())) {
      after
          .all(CommunicationRequest.class)
          .filter(message -> message.getStatus() == CommunicationRequestStatus.ACTIVE)
          .filter(
              message ->
                  message.getRecipient().stream()
                      .anyMatch(to -> String.valueOf(to.getReference()).startsWith("Patient/")))
          .forEach(message -> broken.add(Moment.name(message) + " still leaves for the patient"));
    }
    if (!before.active()) {
      after
          .turned(before, CommunicationRequest.class, message -> true)
          .forEach(message -> broken.add(Moment.name(message) + " was written after the end"));
    }
    return broken;
  }
}
