package org.carepathway.database;

import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;

/**
 * Asks the database for an answer on a connection of its own: a pool that is all in use is no
 * outage.
 */
final class Probe implements AutoCloseable {

  private static final int SECONDS = 5;

  /** SQLSTATE admin_shutdown: of one connection, that somebody ends, or of all. */
  private static final String ENDED = "57P01";

  private final DataSourceProperties database;
  private Connection connection;

  Probe(DataSourceProperties database) {
    this.database = database;
  }

  /**
   * @throws SQLException when there is no answer within some seconds
   */
  void ask() throws SQLException {
    boolean kept = connection != null;
    try {
      select();
    } catch (SQLException e) {
      close();
      boolean wasEnded = kept || ENDED.equals(e.getSQLState());
      if (!wasEnded || ExceptionUtils.indexOfType(e, SocketTimeoutException.class) >= 0) {
        throw e;
      }
      // One connection may be cut for many reasons: only when no other one can be had it is down.
      select();
    }
  }

  /** A new connection, which gives up when there is no answer within some seconds. */
  Connection open() throws SQLException {
    Properties properties = new Properties();
    if (database.getUsername() != null) {
      properties.setProperty("user", database.getUsername());
    }
    if (database.getPassword() != null) {
      properties.setProperty("password", database.getPassword());
    }
    properties.setProperty("ApplicationName", "care-pathway watch");
    for (String limit : new String[] {"connectTimeout", "loginTimeout", "socketTimeout"}) {
      properties.setProperty(limit, String.valueOf(SECONDS));
    }
    return DriverManager.getConnection(database.getUrl(), properties);
  }

  @Override
  public void close() throws SQLException {
    Connection old = connection;
    connection = null;
    if (old != null) {
      // Not closed in good order: that would wait for one that does not answer.
      old.abort(Runnable::run);
    }
  }

  private void select() throws SQLException {
    if (connection == null) {
      connection = open();
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("select 1");
    }
  }
}
