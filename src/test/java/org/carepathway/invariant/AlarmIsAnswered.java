package org.carepathway.invariant;

import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/**
 * An alarm sign that a physician was to act on is never dropped: when its task is cancelled,
 * another one stands for it, or the patient has died and the cancelled task says so.
 */
final class AlarmIsAnswered implements Invariant {

  private static final String ALARM = "ActOnRedFlag";

  @Override
  public List<String> proves() {
    return List.of("Red-flag call");
  }

  @Override
  public List<String> broken(Moment before, Moment after) {
    boolean stands =
        after
            .all(Task.class)
            .filter(AlarmIsAnswered::isAlarm)
            .anyMatch(
                task -> Set.of(TaskStatus.READY, TaskStatus.INPROGRESS).contains(task.getStatus()));
    if (stands) {
      return List.of();
    }
    return after
        .turned(before, Task.class, task -> task.getStatus() == TaskStatus.CANCELLED)
        .filter(AlarmIsAnswered::isAlarm)
        .filter(
            task -> !"died".equals(after.outcome()) || !Moment.has(task.getStatusReason(), "died"))
        .map(task -> Moment.name(task) + " was an alarm that nobody has acted on")
        .toList();
  }

  private static boolean isAlarm(Task task) {
    return ALARM.equals(task.getCode().getCodingFirstRep().getCode());
  }
}
