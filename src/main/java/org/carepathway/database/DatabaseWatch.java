package org.carepathway.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the database answers: asked each second. While it does not, requests are refused and
 * nothing waits for it; the built-in one is started again.
 */
public final class DatabaseWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);
  private static final long EVERY_MS = 1_000;
  private static final long JOIN_MS = 3_000;

  private final Probe probe;
  private final Optional<BuiltInPostgres> builtIn;
  private final Thread thread = new Thread(this::watch, "database-watch");
  private volatile Connections connections;
  private volatile boolean closed;
  private volatile boolean away;
  private long awaySince;

  DatabaseWatch(Probe probe, Optional<BuiltInPostgres> builtIn) {
    this.probe = probe;
    this.builtIn = builtIn;
    thread.setDaemon(true);
  }

  /** Begins. All that uses these connections stops before this watch does. */
  void guard(Connections guarded) {
    connections = guarded;
    thread.start();
  }

  public boolean isAway() {
    return away;
  }

  /** Whether a fault comes of the database not answering, also when that is not noticed yet. */
  public boolean explains(Throwable fault) {
    return away || ExceptionUtils.getThrowableList(fault).stream().anyMatch(DatabaseWatch::isLoss);
  }

  @Override
  public void close() throws SQLException {
    closed = true;
    thread.interrupt();
    try {
      thread.join(JOIN_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    probe.close();
    if (away) {
      builtIn.ifPresent(BuiltInPostgres::giveUp);
    }
  }

  /** The pool's own faults have no state; class 08 and those named are of the connection. */
  private static boolean isLoss(Throwable fault) {
    return fault instanceof SQLException sql
        && (sql.getSQLState() == null || sql.getSQLState().matches("08...|57P0[1-3]|53300"));
  }

  private void watch() {
    while (!closed) {
      try {
        look();
      } catch (SQLException | RuntimeException e) {
        LOG.error("The database could not be looked after; it is tried again: {}", e.getMessage());
      }
      try {
        Thread.sleep(EVERY_MS);
      } catch (InterruptedException end) {
        return;
      }
    }
  }

  private void look() throws SQLException {
    try {
      probe.ask();
    } catch (SQLException e) {
      if (!away) {
        awaySince = System.nanoTime();
        away = true;
        LOG.error(
            "The database does not answer: {} Requests are answered with 503 until it does.",
            e.getMessage());
      }
      connections.cut();
      if (!closed) {
        builtIn.ifPresent(server -> server.restore(silence()));
      }
      return;
    }
    if (away) {
      connections.allow();
      away = false;
      LOG.warn("The database answers again, after {} s.", silence().toSeconds());
    }
  }

  private Duration silence() {
    return Duration.ofNanos(System.nanoTime() - awaySince);
  }
}
