package org.carepathway.subscription;

import java.util.concurrent.TimeUnit;
import org.carepathway.subscription.StoredChanges.SomethingToTell;
import org.carepathway.worker.Rest;
import org.carepathway.worker.Worker;
import org.carepathway.worker.WorkerThreads;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Threads that tell subscribers. One that does not answer holds one thread, and no other longer.
 */
@Component
class NotifierWork {

  private final EventRows events;
  private final SubscriberSettings settings;
  private final Worker worker;

  NotifierWork(
      Notifier notifier, EventRows events, SubscriberSettings settings, WorkerThreads threads) {
    this.events = events;
    this.settings = settings;
    this.worker =
        threads.add(
            "subscriptions",
            settings.workers(),
            "Subscribers are not told",
            () -> notifier.next() ? Rest.NONE : Rest.IDLE);
  }

  @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT, fallbackExecution = true)
  void changed(SomethingToTell something) {
    worker.wake();
  }

  @Scheduled(initialDelay = 1, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
  void forget() {
    events.forget(settings.keep());
  }
}
