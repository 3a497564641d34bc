package org.carepathway.mllp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port at which a system sends messages. Each connection has a thread of its own, which reads one
 * message and answers it before the next: so the order is kept. Nothing of a message is logged.
 */
public final class MllpPort implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MllpPort.class);
  private static final int BACKLOG = 128;
  private static final long PAUSE_MILLIS = 100;

  private final PortOptions options;
  private final Answering answering;
  private final ServerSocket server;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();

  private MllpPort(PortOptions options, Answering answering, ServerSocket server) {
    this.options = options;
    this.answering = answering;
    this.server = server;
  }

  /**
   * @throws IOException when the port cannot be had
   */
  public static MllpPort open(PortOptions options, Answering answering) throws IOException {
    ServerSocketFactory factory =
        options.ssl() == null
            ? ServerSocketFactory.getDefault()
            : options.ssl().getServerSocketFactory();
    ServerSocket server = factory.createServerSocket();
    server.setReuseAddress(true);
    if (server instanceof SSLServerSocket secure) {
      secure.setNeedClientAuth(true);
    }
    server.bind(new InetSocketAddress(options.address(), options.port()), BACKLOG);
    MllpPort port = new MllpPort(options, answering, server);
    Thread thread = new Thread(port::listen, "mllp-" + options.name());
    thread.setDaemon(true);
    thread.start();
    return port;
  }

  /** The number of the port. */
  public int number() {
    return server.getLocalPort();
  }

  /** How many connections are open. */
  public int connections() {
    return open.size();
  }

  private void listen() {
    while (!server.isClosed()) {
      try {
        accept(server.accept());
      } catch (IOException | RuntimeException fault) {
        if (!server.isClosed()) {
          LOG.warn("{}: a connection could not be taken: {}", options.name(), fault.toString());
          pause();
        }
      }
    }
  }

  private void accept(Socket socket) throws IOException {
    boolean isAllowed = options.senders().test(socket.getInetAddress());
    if (!isAllowed || open.size() >= options.connections()) {
      LOG.warn(
          "{}: a connection from {} is refused: {}",
          options.name(),
          socket.getInetAddress().getHostAddress(),
          isAllowed ? "too many are open" : "not one of the allowed senders");
      socket.close();
      return;
    }
    Connection connection = new Connection(socket, options, answering);
    open.add(connection);
    Thread thread =
        new Thread(
            () -> {
              try {
                connection.run();
              } finally {
                open.remove(connection);
              }
            },
            "mllp-" + options.name() + '-' + socket.getPort());
    thread.setDaemon(true);
    thread.start();
  }

  /** Such as too many open files: not at once again. */
  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes no more; who sends gets no answer and sends again elsewhere or later. */
  @Override
  public void close() throws IOException {
    server.close();
    for (Connection connection : open) {
      connection.close();
    }
  }
}
