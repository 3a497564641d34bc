package org.carepathway.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import org.postgresql.jdbc.PgConnection;

/**
 * The pool. While the database does not answer nobody waits for a connection, and who waits on one
 * for an answer is cut off: no request, job or stop hangs with it. No time limit on each answer
 * does that, as some take long for a good reason.
 */
final class Connections extends HikariDataSource {

  /**
   * When all are in use. The pool itself gives up sooner, so that an outage is seen while waiting.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Set<Connection> seen = Collections.newSetFromMap(new WeakHashMap<>());
  private volatile boolean away;

  @Override
  public Connection getConnection() throws SQLException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      if (away) {
        throw new SQLTransientConnectionException("The database does not answer.", "08001");
      }
      try {
        return remember(super.getConnection());
      } catch (SQLTransientConnectionException allInUse) {
        if (System.nanoTime() > until) {
          throw allInUse;
        }
      }
    }
  }

  /** The database does not answer: nobody is to wait for it any more. */
  void cut() throws SQLException {
    away = true;
    HikariPoolMXBean pool = getHikariPoolMXBean();
    if (pool != null) {
      pool.softEvictConnections();
    }
    for (Connection each : remembered()) {
      each.abort(Connections::aside);
    }
  }

  /** The database answers again. */
  void allow() {
    away = false;
  }

  private Connection remember(Connection connection) throws SQLException {
    Connection physical = connection.unwrap(PgConnection.class);
    synchronized (seen) {
      seen.add(physical);
    }
    return connection;
  }

  private List<Connection> remembered() {
    synchronized (seen) {
      return List.copyOf(seen);
    }
  }

  /** Closing an encrypted connection may itself wait for the other side. */
  private static void aside(Runnable abort) {
    Thread thread = new Thread(abort, "database-cut");
    thread.setDaemon(true);
    thread.start();
  }
}
