package org.carepathway.bench;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Counts the SQL statements that one thread sends, {@code BEGIN} and {@code COMMIT} among them and
 * each row of a batch: the driver's log tells each one.
 */
final class Statements {

  private static final Logger DRIVER = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");

  private Statements() {}

  /** One travel of the service that has travelled before. Nothing else may run meanwhile. */
  static int of(WholeService service) throws Exception {
    service.prepare(1);
    AtomicInteger sent = new AtomicInteger();
    Handler counter = new Counter(Thread.currentThread().getId(), sent);
    Level before = DRIVER.getLevel();
    boolean parents = DRIVER.getUseParentHandlers();
    DRIVER.setLevel(Level.FINEST);
    DRIVER.setUseParentHandlers(false);
    DRIVER.addHandler(counter);
    try {
      service.travel();
    } finally {
      DRIVER.removeHandler(counter);
      DRIVER.setUseParentHandlers(parents);
      DRIVER.setLevel(before);
    }
    return sent.get();
  }

  private static final class Counter extends Handler {

    private final long thread;
    private final AtomicInteger sent;

    Counter(long thread, AtomicInteger sent) {
      this.thread = thread;
      this.sent = sent;
      setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord record) {
      if (record.getLongThreadID() == thread
          && record.getMessage() != null
          && record.getMessage().startsWith(" FE=> Execute")) {
        sent.incrementAndGet();
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
