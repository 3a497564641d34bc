package org.carepathway.invariant;

import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskPriority;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/**
 * Every blood thinner on hold has an instruction to restart or resume it as soon as nothing is left
 * to hold it for: no appointment to come and no stay that goes on. While a person has an urgent
 * task on the way to a new date, or an alarm sign to act on, the decision is theirs. After death
 * nothing is restarted.
 */
final class StoppedDrugIsRestarted implements Invariant {

  private static final Set<String> DECIDING =
      Set.of(
          "ActOnRedFlag",
          "DecideOnDate",
          "DoWorkUp",
          "ApproveHold",
          "DecideHoldInMdt",
          "PlanSession",
          "BookProcedure",
          "CallAboutThinner");

  @Override
  public List<String> proves() {
    return List.of("Cancellation/reschedule", "No-show");
  }

  @Override
  public List<String> broken(Moment before, Moment after) {
    if ("died".equals(after.outcome()) || (after.active() && heldFor(after))) {
      return List.of();
    }
    return SafeWayHome.openHolds(after)
        .map(Moment::name)
        .map(hold -> hold + " is on hold for nothing and has no restart")
        .toList();
  }

  private static boolean heldFor(Moment moment) {
    return moment
            .all(Appointment.class)
            .anyMatch(appointment -> appointment.getStatus() == AppointmentStatus.BOOKED)
        || moment
            .all(Encounter.class)
            .anyMatch(encounter -> encounter.getStatus() == EncounterStatus.INPROGRESS)
        || moment
            .all(Task.class)
            .filter(
                task -> Set.of(TaskStatus.READY, TaskStatus.INPROGRESS).contains(task.getStatus()))
            .filter(
                task -> Set.of(TaskPriority.ASAP, TaskPriority.STAT).contains(task.getPriority()))
            .anyMatch(task -> DECIDING.contains(task.getCode().getCodingFirstRep().getCode()));
  }
}
