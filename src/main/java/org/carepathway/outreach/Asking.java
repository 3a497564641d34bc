package org.carepathway.outreach;

import java.time.Clock;
import java.time.Instant;
import org.carepathway.outreach.Matter.State;
import org.carepathway.outreach.Message.Purpose;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.PathwayEnded;
import org.carepathway.pathway.Pathways;
import org.carepathway.pathway.TaskDone;
import org.carepathway.worklist.ItemAdded;
import org.carepathway.worklist.ItemCancelled;
import org.carepathway.worklist.WorkItem;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Has patients asked what they may answer themselves, and stops asking when it is answered, left
 * out, or the pathway ends. All in the transaction in which it happens.
 */
@Component
class Asking {

  private final Matters matters;
  private final MessageRows rows;
  private final Reach reach;
  private final Pathways pathways;
  private final Clock clock;

  Asking(Matters matters, MessageRows rows, Reach reach, Pathways pathways, Clock clock) {
    this.matters = matters;
    this.rows = rows;
    this.reach = reach;
    this.pathways = pathways;
    this.clock = clock;
  }

  @EventListener
  void on(ItemAdded added) {
    WorkItem item = added.item();
    OpenPathway open = pathways.open(item.pathwayId());
    Instant now = clock.instant();
    if (open.content().patientContact().isEmpty()
        || !open.content().isAnsweredByPatient(item.element())
        || item.dueAt() == null
        || !item.dueAt().isAfter(now)
        || reach.of(open).isEmpty()) {
      return;
    }
    matters.open(
        new Matter(
            item.id().toString(),
            Purpose.QUESTION,
            item.pathwayId(),
            item.patientId(),
            item.element(),
            now,
            item.dueAt(),
            0,
            now,
            State.OPEN,
            0,
            null));
  }

  @EventListener
  void on(TaskDone done) {
    end(done.taskId().toString(), State.ANSWERED, "The task is done.");
  }

  @EventListener
  void on(ItemCancelled cancelled) {
    end(cancelled.item().id().toString(), State.CLOSED, "The task is left out.");
  }

  /** Whatever ended it: a death, a withdrawal, a referral that was taken back. */
  @EventListener
  void on(PathwayEnded ended) {
    Instant now = clock.instant();
    rows.stopPathway(
        ended.pathway().id(), "The pathway has ended: " + ended.pathway().outcome(), now);
    matters.openOf(ended.pathway().id()).forEach(open -> matters.end(open.about(), State.CLOSED));
  }

  /** It failed: what follows is decided at once. */
  @EventListener
  void on(MessageEnded ended) {
    Message message = ended.message();
    if (message.state().isLost() && message.purpose().isForPatients()) {
      matters
          .lock(message.about())
          .filter(matter -> matter.isOpen() && matter.rung() == message.rung())
          .filter(matter -> matter.purpose() == Purpose.APPOINTMENT || matter.next() != null)
          .ifPresent(matter -> matters.moved(matter.about(), matter.rung(), clock.instant()));
    }
  }

  private void end(String about, State state, String why) {
    if (matters.lock(about).filter(Matter::isOpen).isPresent()) {
      rows.stop(about, why, clock.instant());
      matters.end(about, state);
    }
  }
}
