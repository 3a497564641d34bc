package org.carepathway.subscription;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.carepathway.subscription.StoredChanges.SomethingToTell;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Threads that tell subscribers. One that does not answer holds one thread, and no other longer.
 */
@Component
class NotifierWork implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(NotifierWork.class);
  private static final long LOOK_MILLIS = 1000;
  private static final long STOP_MILLIS = 5000;
  private static final Duration CLEAN = Duration.ofHours(1);

  private final Notifier notifier;
  private final EventRows events;
  private final SubscriberSettings settings;
  private final Semaphore signal = new Semaphore(0);
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean running;
  private volatile long cleaned = System.nanoTime() - CLEAN.toNanos();

  NotifierWork(Notifier notifier, EventRows events, SubscriberSettings settings) {
    this.notifier = notifier;
    this.events = events;
    this.settings = settings;
  }

  @EventListener(ApplicationReadyEvent.class)
  synchronized void begin() {
    if (running) {
      return;
    }
    running = true;
    for (int i = 0; i < settings.workers(); i++) {
      Thread thread = new Thread(this::work, "subscriptions-" + (i + 1));
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT, fallbackExecution = true)
  void changed(SomethingToTell something) {
    if (signal.availablePermits() < settings.workers()) {
      signal.release();
    }
  }

  private void work() {
    boolean failing = false;
    while (running) {
      try {
        boolean busy = notifier.next();
        failing = false;
        forget();
        if (!busy) {
          signal.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException fault) {
        if (running && !failing) {
          failing = true;
          LOG.error("Subscribers are not told for the moment", fault);
        }
        pause();
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      running = false;
    }
  }

  private void forget() {
    long now = System.nanoTime();
    if (now - cleaned > CLEAN.toNanos()) {
      cleaned = now;
      events.forget(settings.keep());
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
