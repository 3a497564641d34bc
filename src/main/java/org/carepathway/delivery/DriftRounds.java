package org.carepathway.delivery;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Compares what each EHR has with what was sent, a part each quarter of an hour, all in a day. */
@Component
class DriftRounds implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DriftRounds.class);
  private static final long MINUTES = 15;

  private final Drift drift;
  private final Sites sites;
  private final ScheduledExecutorService clerk =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "outbox-drift");
            thread.setDaemon(true);
            return thread;
          });

  DriftRounds(Drift drift, Sites sites) {
    this.drift = drift;
    this.sites = sites;
  }

  @EventListener(ApplicationReadyEvent.class)
  void begin() {
    clerk.scheduleWithFixedDelay(this::round, MINUTES, MINUTES, TimeUnit.MINUTES);
  }

  private void round() {
    for (String site : sites.names()) {
      try {
        drift.compare(site);
      } catch (RuntimeException fault) {
        LOG.warn("What {} has is not compared now: {}", site, fault.getMessage());
      }
    }
  }

  @Override
  public void close() {
    clerk.shutdownNow();
  }
}
