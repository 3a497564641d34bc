package org.carepathway.delivery;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.carepathway.outbox.Outbox;
import org.carepathway.outbox.OutboxChanged;
import org.carepathway.worker.Rest;
import org.carepathway.worker.Worker;
import org.carepathway.worker.WorkerThreads;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** Threads for each site, so that one that is slow or away holds up no other and no person. */
@Component
class DeliveryWork {

  private final Deliveries deliveries;
  private final Outbox outbox;
  private final DeliverySettings settings;
  private final List<Worker> workers;

  DeliveryWork(
      Deliveries deliveries,
      Sites sites,
      Outbox outbox,
      DeliverySettings settings,
      WorkerThreads threads) {
    this.deliveries = deliveries;
    this.outbox = outbox;
    this.settings = settings;
    this.workers = sites.names().stream().map(site -> worker(threads, site)).toList();
  }

  private Worker worker(WorkerThreads threads, String site) {
    return threads.add(
        "outbox-" + site,
        settings.workers(),
        "Nothing is sent to " + site,
        // What is new wakes who has nothing to do; a site that is left alone stays so.
        () -> deliveries.next(site).map(Rest::unbroken).orElse(Rest.IDLE));
  }

  @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT, fallbackExecution = true)
  void changed(OutboxChanged changed) {
    workers.forEach(Worker::wake);
  }

  @Scheduled(initialDelay = 1, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
  void forget() {
    outbox.forget(settings.keep());
  }
}
