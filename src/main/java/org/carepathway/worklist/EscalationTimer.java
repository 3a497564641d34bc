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

/** Looks for what is to be escalated every half minute, on every replica. */
@Component
class EscalationTimer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EscalationTimer.class);
  private static final int SECONDS = 30;

  private final Escalation escalation;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread created = new Thread(task, "escalation");
            created.setDaemon(true);
            return created;
          });

  EscalationTimer(Escalation escalation) {
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
      escalation.run();
    } catch (RuntimeException fault) {
      LOG.error("looking for tasks to escalate failed", fault);
    }
  }
}
