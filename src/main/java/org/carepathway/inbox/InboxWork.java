package org.carepathway.inbox;

import java.util.concurrent.TimeUnit;
import org.carepathway.worker.Rest;
import org.carepathway.worker.Worker;
import org.carepathway.worker.WorkerThreads;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** Has what comes handled, and what another replica has kept or is due again. */
@Component
class InboxWork {

  private final Attempts attempts;
  private final InboxRows rows;
  private final InboxSettings settings;
  private final Worker worker;

  InboxWork(Attempts attempts, InboxRows rows, InboxSettings settings, WorkerThreads threads) {
    this.attempts = attempts;
    this.rows = rows;
    this.settings = settings;
    this.worker =
        threads.add("inbox", settings.workers(), "The inbox is not handled", this::handle);
  }

  @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT, fallbackExecution = true)
  void changed(InboxChanged changed) {
    worker.wake();
  }

  private Rest handle() {
    if (!attempts.next()) {
      return Rest.IDLE;
    }
    // What was done may have been what the next message of the same patient waited for.
    worker.wake();
    return Rest.NONE;
  }

  @Scheduled(initialDelay = 1, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
  void forget() {
    rows.forget(settings.keep());
  }
}
