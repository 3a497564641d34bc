package org.carepathway.worklist.web;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.carepathway.worklist.WorkItemChannel;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Hears from the database which tasks changed, on whichever replica that was. Takes one connection
 * for as long as the service runs.
 */
@Component
class ChangeFeed implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);
  private static final int WAIT_MS = 1000;

  private final DataSource dataSource;
  private final LiveTasks live;
  private volatile Thread thread;

  ChangeFeed(DataSource dataSource, LiveTasks live) {
    this.dataSource = dataSource;
    this.live = live;
  }

  @Override
  public void start() {
    thread = new Thread(this::run, "task-changes");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void stop() {
    Thread running = thread;
    thread = null;
    try {
      running.join(WAIT_MS * 3L);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  /** An outage is told once, not each second while it lasts. */
  private void run() {
    boolean deaf = false;
    while (isRunning()) {
      try (Connection connection = dataSource.getConnection()) {
        deaf = false;
        listen(connection);
      } catch (SQLException e) {
        if (!deaf) {
          LOG.warn("open worklists do not hear of changes; trying again: {}", e.getMessage());
        }
        deaf = true;
        pause();
      }
    }
  }

  private void listen(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("listen " + WorkItemChannel.NAME);
      PGConnection postgres = connection.unwrap(PGConnection.class);
      while (isRunning()) {
        PGNotification[] heard = postgres.getNotifications(WAIT_MS);
        if (heard != null && heard.length > 0) {
          live.tell(ids(heard));
        }
      }
      statement.execute("unlisten " + WorkItemChannel.NAME);
    }
  }

  private static List<String> ids(PGNotification[] heard) {
    return Arrays.stream(heard).map(PGNotification::getParameter).distinct().toList();
  }

  private static void pause() {
    try {
      Thread.sleep(WAIT_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
