package org.carepathway.clock;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Lets every {@link Watch} look, each half minute. */
@Component
class Watches implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Watches.class);
  private static final int SECONDS = 30;

  private final List<Watch> watches;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread created = new Thread(task, "watches");
            created.setDaemon(true);
            return created;
          });

  Watches(List<Watch> watches) {
    this.watches = watches;
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
    for (Watch watch : watches) {
      try {
        watch.look();
      } catch (RuntimeException fault) {
        LOG.error("{} failed; it looks again later", watch.getClass().getSimpleName(), fault);
      }
    }
  }
}
