package org.carepathway.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * All workers of the service. They begin when it is ready, not before content is loaded and
 * pathways can start; and they end before the beans that they use do.
 */
@Component
public class WorkerThreads implements SmartLifecycle {

  /** What a turn has that is at work when the service ends; then it is interrupted. */
  private static final Duration TO_END = Duration.ofSeconds(5);

  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(3);

  private final List<Worker> workers = new ArrayList<>();
  private boolean running;

  /**
   * @param name of the threads
   * @param count of the threads; none for 0
   * @param trouble what does not happen while turns fail, as the beginning of a line of the log
   */
  public synchronized Worker add(String name, int count, String trouble, Turn turn) {
    Worker worker = new Worker(name, count, trouble, turn);
    workers.add(worker);
    if (running) {
      worker.begin();
    }
    return worker;
  }

  @EventListener(ApplicationReadyEvent.class)
  public synchronized void begin() {
    if (!running) {
      running = true;
      workers.forEach(Worker::begin);
    }
  }

  @Override
  public void start() {
    // Nothing yet: see begin.
  }

  @Override
  public synchronized void stop() {
    running = false;
    workers.forEach(Worker::end);
    try {
      join(TO_END);
      workers.forEach(Worker::interrupt);
      join(AFTER_INTERRUPT);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    workers.clear();
  }

  private void join(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    for (Worker worker : workers) {
      worker.join(Duration.ofNanos(end - System.nanoTime()));
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return running;
  }
}
