package org.carepathway.outreach;

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

/** The thread that asks patients and hands messages over, where the site has set up a channel. */
@Component
class Delivery implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
  private static final long LOOK_MILLIS = 1000;
  private static final long STOP_MILLIS = 8000;

  private final ContactLadder ladder;
  private final Dispatch dispatch;
  private final Carriers carriers;
  private final Semaphore signals = new Semaphore(0);
  private volatile boolean running;
  private volatile boolean failing;
  private Thread thread;

  Delivery(ContactLadder ladder, Dispatch dispatch, Carriers carriers) {
    this.ladder = ladder;
    this.dispatch = dispatch;
    this.carriers = carriers;
  }

  @EventListener(ApplicationReadyEvent.class)
  synchronized void begin() {
    if (carriers.areSetUp() && thread == null) {
      running = true;
      thread = new Thread(this::work, "outreach");
      thread.setDaemon(true);
      thread.start();
    }
  }

  @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
  void added(MessageAdded added) {
    signals.release();
  }

  private void work() {
    while (running) {
      try {
        ladder.run();
        dispatch.recover();
        while (running && dispatch.next()) {
          failing = false;
        }
        signals.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        signals.drainPermits();
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
      LOG.warn("Messages do not leave for the moment: {}", fault.getClass().getSimpleName());
    }
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      running = false;
    }
  }

  @Override
  public void start() {
    // Nothing yet: see begin.
  }

  @Override
  public void stop() {
    running = false;
    signals.release();
    if (thread != null) {
      try {
        thread.join(STOP_MILLIS);
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
