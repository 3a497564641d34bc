package org.carepathway.fhirfeed;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.carepathway.ehr.EhrServers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * A thread for each EHR, so that a slow one holds up no other and no person. Of several processes
 * one reads an EHR at a time.
 */
@Component
class Poller implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Poller.class);
  private static final long STOP_MILLIS = 5000;

  private final EhrServers servers;
  private final Questions questions;
  private final FhirFeedRows feeds;
  private final WantedReads wanted;
  private final Round round;
  private final String process = UUID.randomUUID().toString();
  private final ConcurrentHashMap<String, Semaphore> signals = new ConcurrentHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean running;

  Poller(
      EhrServers servers,
      Questions questions,
      FhirFeedRows feeds,
      WantedReads wanted,
      Round round) {
    this.wanted = wanted;
    this.servers = servers;
    this.questions = questions;
    this.feeds = feeds;
    this.round = round;
  }

  /** Not before content is loaded and what comes can be handled. */
  @EventListener(ApplicationReadyEvent.class)
  synchronized void begin() {
    if (running) {
      return;
    }
    running = true;
    for (String feed : servers.names()) {
      signals.put(feed, new Semaphore(0));
      Thread thread = new Thread(() -> work(feed), "fhir-" + feed);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
      LOG.info("FHIR of the feed {} is read at {}", feed, servers.server(feed).base());
    }
  }

  /** Asks this EHR now. */
  void wake(String feed) {
    Semaphore signal = signals.get(feed);
    if (signal != null) {
      signal.release();
    }
  }

  private void work(String feed) {
    boolean failing = false;
    while (running) {
      try {
        feeds.known(feed);
        if (feeds.lease(feed, process)) {
          wanted.run(feed, () -> running && feeds.lease(feed, process));
          round.run(feed, questions.of(feed), () -> running && feeds.lease(feed, process));
        }
        failing = false;
      } catch (RuntimeException fault) {
        if (running && !failing) {
          failing = true;
          LOG.warn("The feed {} is not read for the moment", feed, fault);
        }
      }
      pause(feed);
    }
    try {
      feeds.release(feed, process);
    } catch (RuntimeException gone) {
      LOG.debug("The lease of the feed {} ends by itself", feed);
    }
  }

  private void pause(String feed) {
    try {
      Semaphore signal = signals.get(feed);
      signal.tryAcquire(servers.settings(feed).interval().toMillis(), TimeUnit.MILLISECONDS);
      signal.drainPermits();
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
