package org.carepathway.worklist;

import java.util.Set;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.PathwayEnded;
import org.carepathway.pathway.Pathways;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tasks that the end of a pathway leaves undone say why. */
@Component
class TasksLeft {

  private static final Set<TaskStatus> OPEN = Set.of(TaskStatus.READY, TaskStatus.INPROGRESS);

  private final Pathways pathways;

  TasksLeft(Pathways pathways) {
    this.pathways = pathways;
  }

  /** What this end cancels, or has cancelled on the way to it. */
  @EventListener
  void on(PathwayEnded event) {
    OpenPathway open = pathways.open(event.pathway().id());
    open.record().ofTypes(Set.of("Task")).stream()
        .map(Task.class::cast)
        .filter(task -> isLeft(task, open))
        .map(task -> open.record().get(Task.class, task.getIdElement().getIdPart()))
        .forEach(
            task ->
                open.record()
                    .write(event.element(), TaskFace.leftBecause(task, event.pathway().outcome())));
  }

  private static boolean isLeft(Task task, OpenPathway open) {
    return OPEN.contains(task.getStatus())
        || task.getStatus() == TaskStatus.CANCELLED && open.record().isWrittenNow(task);
  }
}
