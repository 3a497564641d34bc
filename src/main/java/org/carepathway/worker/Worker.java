package org.carepathway.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Some threads that take turns at the same work. No fault ends one before the service ends. */
public final class Worker {

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private final String name;
  private final int count;
  private final String trouble;
  private final Turn turn;
  private final Semaphore signal = new Semaphore(0);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  Worker(String name, int count, String trouble, Turn turn) {
    this.name = name;
    this.count = count;
    this.trouble = trouble;
    this.turn = turn;
  }

  /** There is something new: one thread that rests looks at once. */
  public void wake() {
    if (signal.availablePermits() < count) {
      signal.release();
    }
  }

  /** False once the service ends: a long turn asks now and then. */
  public boolean isRunning() {
    return ended.getCount() > 0;
  }

  void begin() {
    for (int i = 1; i <= count; i++) {
      Thread thread = new Thread(this::work, name + '-' + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  /** Who rests ends now, who is at work after this turn. */
  void end() {
    ended.countDown();
    signal.release(count);
  }

  /**
   * @param atMost for all threads together
   */
  void join(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    for (Thread thread : threads) {
      thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
    }
  }

  void interrupt() {
    threads.forEach(Thread::interrupt);
  }

  private void work() {
    boolean failing = false;
    while (isRunning()) {
      Rest rest = Rest.AFTER_FAULT;
      try {
        rest = turn.take();
        failing = false;
      } catch (RuntimeException | Error fault) {
        if (!failing && isRunning()) {
          tell(fault);
        }
        failing = true;
      }
      pause(rest);
    }
    turn.end();
  }

  private void pause(Rest rest) {
    try {
      if (rest.isBroken()) {
        signal.tryAcquire(rest.length().toNanos(), TimeUnit.NANOSECONDS);
      } else if (!rest.length().isZero()) {
        ended.await(rest.length().toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException early) {
      // The end of the service, for which the loop looks, or a flag that a turn has left.
      LOG.debug("A rest of {} was cut short", name);
    }
  }

  /** A database that does not answer is no fault of the work. */
  private void tell(Throwable fault) {
    if (fault instanceof DataAccessException || fault instanceof TransactionException) {
      LOG.warn("{} for the moment: {}", trouble, fault.getClass().getSimpleName());
    } else {
      LOG.error("{} for the moment", trouble, fault);
    }
  }
}
