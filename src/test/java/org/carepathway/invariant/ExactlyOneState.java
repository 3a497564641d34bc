package org.carepathway.invariant;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityStatus;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.EpisodeOfCare;
import org.hl7.fhir.r4.model.EpisodeOfCare.EpisodeOfCareStatus;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/**
 * Every patient is in exactly one state: on the way, with a task that has an owner and a due date
 * or with a timer that is set, or at the end. Plan, episode and row agree on it.
 */
final class ExactlyOneState implements Invariant {

  private static final Set<TaskStatus> OPEN = Set.of(TaskStatus.READY, TaskStatus.INPROGRESS);

  @Override
  public List<String> broken(Moment before, Moment after) {
    List<String> broken = new ArrayList<>();
    CarePlan plan = after.all(CarePlan.class).findFirst().orElseThrow();
    EpisodeOfCare episode = after.all(EpisodeOfCare.class).findFirst().orElseThrow();
    if ((plan.getStatus() == CarePlanStatus.ACTIVE) != after.active()
        || (episode.getStatus() == EpisodeOfCareStatus.ACTIVE) != after.active()) {
      broken.add(
          "plan is %s, episode %s, pathway %s"
              .formatted(
                  plan.getStatus(), episode.getStatus(), after.active() ? "active" : "ended"));
    }
    List<Task> open =
        after.all(Task.class).filter(task -> OPEN.contains(task.getStatus())).toList();
    if (after.active() && open.isEmpty() && after.nextTimer() == null) {
      broken.add("the patient waits for nothing and nobody");
    }
    for (Task task : open) {
      if (!task.hasPerformerType() && !task.hasOwner()) {
        broken.add(task.getCode().getText() + " has no owner");
      }
      if (!task.getRestriction().getPeriod().hasEnd()) {
        broken.add(task.getCode().getText() + " has no due date");
      }
    }
    if (!after.active()) {
      plan.getActivity().stream()
          .filter(activity -> activity.getDetail().getStatus() == CarePlanActivityStatus.INPROGRESS)
          .forEach(
              activity ->
                  broken.add(activity.getDetail().getCode().getText() + " goes on after the end"));
    }
    return broken;
  }
}
