package org.carepathway.worklist;

import java.time.Clock;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.record.Agent;
import org.carepathway.record.Records;
import org.carepathway.record.Trigger;
import org.hl7.fhir.r4.model.Task;
import org.springframework.stereotype.Component;

/** Changes an open item and its FHIR Task, with Provenance, in the current transaction. */
@Component
class Changes {

  private final WorkItems items;
  private final Pathways pathways;
  private final Records records;
  private final Clock clock;

  Changes(WorkItems items, Pathways pathways, Records records, Clock clock) {
    this.items = items;
    this.pathways = pathways;
    this.records = records;
    this.clock = clock;
  }

  /**
   * @param note a comment that belongs to the change; null for none
   */
  WorkItem keep(WorkItem before, Standing after, Agent by, String note) {
    WorkItem changed = before.with(after);
    records.triggeredBy(
        new Trigger("%s/%s/%d".formatted(before.id(), after.last().what(), after.version()), by));
    OpenPathway open = pathways.open(changed.pathwayId());
    items.update(changed);
    Task task = open.record().get(Task.class, changed.id().toString());
    TaskFace.update(task, changed, clock.instant());
    if (note != null) {
      TaskFace.note(task, by, note, clock.instant());
    }
    open.record().write(changed.element(), task);
    return changed;
  }
}
