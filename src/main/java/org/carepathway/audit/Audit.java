package org.carepathway.audit;

import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps who did what. A write is kept in its own transaction: it is not done without being kept.
 * Reads are kept in batches, within a second; a service that stops writes what it holds first. When
 * the queue is full the reader waits for the database: nothing is thrown away.
 */
@Component
public class Audit {

  private static final Logger LOG = LoggerFactory.getLogger(Audit.class);
  private static final int HELD = 10_000;
  private static final int BATCH = 500;
  private static final int STOP_SECONDS = 8;

  private final LinkedBlockingQueue<AuditEntry> held = new LinkedBlockingQueue<>(HELD);
  private final ScheduledExecutorService clerk =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "audit"));
  private final AuditRows rows;
  private final AuditChain chain;
  private final TransactionTemplate transaction;
  private boolean failing;

  Audit(AuditRows rows, AuditChain chain, TransactionTemplate transaction) {
    this.rows = rows;
    this.chain = chain;
    this.transaction = transaction;
    clerk.scheduleWithFixedDelay(this::work, 1, 1, TimeUnit.SECONDS);
  }

  /** In the transaction of the caller. */
  void keepNow(AuditEntry entry) {
    rows.add(List.of(entry));
  }

  /** Soon, in a batch. */
  void keepSoon(AuditEntry entry) {
    if (!held.offer(entry)) {
      transaction.executeWithoutResult(status -> rows.add(List.of(entry)));
    }
  }

  /** Writes what is held and links what is committed. */
  public synchronized void flush() {
    while (!held.isEmpty()) {
      List<AuditEntry> batch = new ArrayList<>(BATCH);
      held.drainTo(batch, BATCH);
      try {
        transaction.executeWithoutResult(status -> rows.add(batch));
      } catch (RuntimeException e) {
        batch.forEach(held::offer);
        throw e;
      }
    }
    chain.link();
  }

  /** A fault is told once, not each second while it lasts. */
  private void work() {
    try {
      flush();
      if (failing) {
        LOG.warn("The audit is written again.");
      }
      failing = false;
    } catch (RuntimeException e) {
      if (!failing) {
        LOG.error(
            "The audit could not be written; it is tried again. {} events are held.",
            held.size(),
            e);
      }
      failing = true;
    }
  }

  @PreDestroy
  void stop() throws InterruptedException {
    clerk.shutdown();
    clerk.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    try {
      flush();
      chain.logHead();
    } catch (RuntimeException e) {
      LOG.error(
          "The service stops without its database: {} events of reads are not kept. {}",
          held.size(),
          e.getMessage());
    }
  }
}
