package org.carepathway.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.carepathway.outbox.Outbox;
import org.carepathway.outbox.OutboxChanged;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** Threads for each site, so that one that is slow or away holds up no other and no person. */
@Component
class DeliveryWork implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryWork.class);
  private static final long LOOK_MILLIS = 1000;
  private static final long STOP_MILLIS = 5000;
  private static final Duration CLEAN = Duration.ofHours(1);

  private final Deliveries deliveries;
  private final Sites sites;
  private final Outbox outbox;
  private final DeliverySettings settings;
  private final Map<String, Semaphore> signals = new ConcurrentHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean running;
  private volatile long cleaned = System.nanoTime() - CLEAN.toNanos();

  DeliveryWork(Deliveries deliveries, Sites sites, Outbox outbox, DeliverySettings settings) {
    this.deliveries = deliveries;
    this.sites = sites;
    this.outbox = outbox;
    this.settings = settings;
  }

  /** Not before content is loaded: it says what is sent. */
  @EventListener(ApplicationReadyEvent.class)
  synchronized void begin() {
    if (running) {
      return;
    }
    running = true;
    for (String site : sites.names()) {
      signals.put(site, new Semaphore(0));
      for (int i = 0; i < settings.workers(); i++) {
        Thread thread = new Thread(() -> work(site), "outbox-" + site + '-' + (i + 1));
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
      }
    }
  }

  @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT, fallbackExecution = true)
  void changed(OutboxChanged changed) {
    signals.values().stream()
        .filter(signal -> signal.availablePermits() < settings.workers())
        .forEach(Semaphore::release);
  }

  private void work(String site) {
    boolean failing = false;
    while (running) {
      long pause;
      try {
        Optional<Duration> rest = deliveries.next(site);
        failing = false;
        pause = rest.map(Duration::toMillis).orElse(LOOK_MILLIS);
        forget();
        pause(site, pause, rest.isEmpty());
      } catch (RuntimeException fault) {
        if (running && !failing) {
          failing = true;
          LOG.warn(
              "Nothing is sent to {} for the moment: {}", site, fault.getClass().getSimpleName());
        }
        pause(site, LOOK_MILLIS, false);
      }
    }
  }

  /** What is new wakes who has nothing to do; a site that is left alone stays so. */
  private void pause(String site, long millis, boolean mayWake) {
    try {
      if (mayWake) {
        signals.get(site).tryAcquire(millis, TimeUnit.MILLISECONDS);
      } else if (millis > 0) {
        Thread.sleep(millis);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      running = false;
    }
  }

  private void forget() {
    long now = System.nanoTime();
    if (now - cleaned > CLEAN.toNanos()) {
      cleaned = now;
      outbox.forget(settings.keep());
    }
  }

  @Override
  public void start() {
    // Nothing yet: see begin.
  }

  @Override
  public void stop() {
    running = false;
    threads.forEach(Thread::interrupt);
    long end = System.currentTimeMillis() + STOP_MILLIS;
    for (Thread thread : threads) {
      try {
        thread.join(Math.max(1, end - System.currentTimeMillis()));
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
