package org.carepathway.startup;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stop ends within 30 s, whatever hangs: what was not committed by then never was. */
public final class StopLimit {

  private static final Logger LOG = LoggerFactory.getLogger(StopLimit.class);
  private static final Duration LIMIT = Duration.ofSeconds(28);

  private StopLimit() {}

  /** For the process, not for an application in it. */
  public static void begin() {
    Runtime.getRuntime().addShutdownHook(new Thread(StopLimit::count, "stop"));
  }

  /** On a daemon thread: it runs while the process stops and does not keep it from ending. */
  private static void count() {
    Thread thread = new Thread(StopLimit::halt, "stop-limit");
    thread.setDaemon(true);
    thread.start();
  }

  private static void halt() {
    try {
      Thread.sleep(LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    LOG.error(
        "The service did not stop within {} s and is ended. A built-in PostgreSQL that still runs"
            + " is ended by the next start.",
        LIMIT.toSeconds());
    Runtime.getRuntime().halt(1);
  }
}
