package org.carepathway.rehearsal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;

/**
 * One transaction for all that a thread does, never committed: what the service begins and commits
 * meanwhile are parts of it, so that the thread can go back to where it was. The service sees what
 * it always sees, but nobody else does, and the locks are held until the end: one thread at a time.
 */
final class LongTransaction implements AutoCloseable {

  private static final ThreadLocal<LongTransaction> OPEN = new ThreadLocal<>();

  private final Connection connection;

  private LongTransaction(Connection connection) {
    this.connection = connection;
  }

  static LongTransaction begin(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    LongTransaction begun = new LongTransaction(connection);
    OPEN.set(begun);
    return begun;
  }

  /** The one that is open on this thread; null for none. */
  static LongTransaction open() {
    return OPEN.get();
  }

  /** What behaves as a connection of its own. */
  Connection part() {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, new Part());
  }

  Savepoint mark() throws SQLException {
    return connection.setSavepoint();
  }

  /** Undoes all since a mark, to which one can come back again. */
  void backTo(Savepoint mark) throws SQLException {
    connection.rollback(mark);
  }

  @Override
  public void close() throws SQLException {
    OPEN.remove();
    connection.rollback();
    connection.setAutoCommit(true);
    connection.close();
  }

  /** Between begin and commit there is a savepoint; without a begin each statement stays. */
  private final class Part implements InvocationHandler {

    private boolean manual;
    private Savepoint begun;
    private boolean closed;

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      switch (method.getName()) {
        case "getAutoCommit":
          return !manual;
        case "isClosed":
          return closed;
        case "setAutoCommit":
          end();
          manual = !(Boolean) arguments[0];
          begun = manual ? connection.setSavepoint() : null;
          return null;
        case "commit":
          end();
          return null;
        case "rollback":
          return arguments == null ? undo() : call(method, arguments);
        case "close":
          closed = true;
          return undo();
        case "setReadOnly", "setTransactionIsolation":
          // PostgreSQL takes them at the beginning of a transaction only.
          return null;
        default:
          return call(method, arguments);
      }
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
      try {
        return method.invoke(connection, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }

    private void end() throws SQLException {
      if (begun != null) {
        connection.releaseSavepoint(begun);
        begun = null;
      }
    }

    private Object undo() throws SQLException {
      if (begun != null) {
        connection.rollback(begun);
        end();
      }
      return null;
    }
  }
}
