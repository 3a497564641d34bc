package org.carepathway.inbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * The threads that handle messages. They are woken when something comes, and look by themselves
 * each second for what another replica has kept or is due again.
 */
@Component
class InboxWork implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(InboxWork.class);
  private static final long LOOK_MILLIS = 1000;
  private static final long STOP_MILLIS = 8000;
  private static final Duration CLEAN = Duration.ofHours(1);

  private final Attempts attempts;
  private final InboxRows rows;
  private final InboxSettings settings;
  private final Semaphore signals = new Semaphore(0);
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean running;
  private volatile boolean failing;
  private volatile long cleaned = System.nanoTime() - CLEAN.toNanos();

  InboxWork(Attempts attempts, InboxRows rows, InboxSettings settings) {
    this.attempts = attempts;
    this.rows = rows;
    this.settings = settings;
  }

  /** Not before content is loaded and pathways can start. */
  @EventListener(ApplicationReadyEvent.class)
  synchronized void begin() {
    running = true;
    for (int i = threads.size(); i < settings.workers(); i++) {
      Thread thread = new Thread(this::work, "inbox-" + (i + 1));
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT, fallbackExecution = true)
  void changed(InboxChanged changed) {
    wakeAnother();
  }

  /** What was done may have been what the next message of the same patient waited for. */
  private void wakeAnother() {
    if (signals.availablePermits() < settings.workers()) {
      signals.release();
    }
  }

  private void work() {
    while (running) {
      try {
        while (running && attempts.next()) {
          wakeAnother();
        }
        forget();
        failing = false;
        signals.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException fault) {
        pause(fault);
      }
    }
  }

  /** The database does not answer: told once while it lasts. */
  private void pause(RuntimeException fault) {
    if (running && !failing) {
      failing = true;
      LOG.warn("The inbox is not handled for the moment: {}", fault.getClass().getSimpleName());
    }
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
      rows.forget(settings.keep());
    }
  }

  @Override
  public void start() {
    // Nothing yet: see begin.
  }

  @Override
  public void stop() {
    running = false;
    signals.release(settings.workers());
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
