package org.carepathway.worklist;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.carepathway.clock.ClockMoved;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Looks every half minute, on every replica, for what is to be escalated and whose hold is over.
 */
@Component
class WorklistTimer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WorklistTimer.class);
  private static final int SECONDS = 30;

  private final Escalation escalation;
  private final EndOfHolds endOfHolds;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread created = new Thread(task, "worklist-timer");
            created.setDaemon(true);
            return created;
          });

  WorklistTimer(Escalation escalation, EndOfHolds endOfHolds) {
    this.endOfHolds = endOfHolds;
    this.escalation = escalation;
  }

  @EventListener(ApplicationReadyEvent.class)
  void begin() {
    thread.scheduleWithFixedDelay(this::look, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  /** After the commit: what the new time makes overdue is seen to at once. */
  @TransactionalEventListener(ClockMoved.class)
  void moved() {
    thread.execute(this::look);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private void look() {
    try {
      endOfHolds.run();
      escalation.run();
    } catch (RuntimeException fault) {
      LOG.error("looking for tasks to escalate and for holds that are over failed", fault);
    }
  }
}
