package org.carepathway.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Stands between us and a server, and does to each connection what a network may do. */
final class FaultyProxy implements AutoCloseable {

  /** What happens to a connection. */
  enum Mood {
    PASS,
    /** Closed when the request comes. */
    REFUSE,
    /** The server gets the request; of its answer nothing comes back, ever. */
    BLACK_HOLE,
    /** The server gets the request; the connection is reset when it answers. */
    RESET,
    /** Slowly, byte by byte. */
    SLICE,
    /** Late, but in time. */
    DELAY,
    /**
     * The server gets it twice; of the two answers the second comes back. Not what must not be
     * repeated (RFC 9110 chapter 9.2.2): a POST without a condition.
     */
    REPEAT
  }

  private static final int DELAY_MILLIS = 150;
  private static final int BUFFER = 8192;

  private final ServerSocket server;
  private final IntSupplier target;
  private final Supplier<Mood> moods;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private FaultyProxy(IntSupplier target, Supplier<Mood> moods) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.target = target;
    this.moods = moods;
    threads.execute(this::accept);
  }

  static FaultyProxy before(int target, Supplier<Mood> moods) throws IOException {
    return new FaultyProxy(() -> target, moods);
  }

  /**
   * @param target port of a server that comes back at another one
   */
  static FaultyProxy before(IntSupplier target, Supplier<Mood> moods) throws IOException {
    return new FaultyProxy(target, moods);
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        threads.execute(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket there = new Socket(InetAddress.getLoopbackAddress(), target.getAsInt())) {
      Exchange exchange = new Exchange(client, there);
      threads.execute(() -> requests(exchange));
      answers(exchange);
    } catch (IOException broken) {
      // The other side has had enough: that is what this is for.
      return;
    }
  }

  /** A connection is used for several requests; each has a mood of its own. */
  private static final class Exchange {
    private final Socket client;
    private final Socket there;
    private volatile Mood mood = Mood.PASS;
    private volatile boolean isIdle = true;
    private final WholeRequest request = new WholeRequest();

    Exchange(Socket client, Socket there) {
      this.client = client;
      this.there = there;
    }

    void end() throws IOException {
      client.setSoLinger(true, 0);
      client.close();
      there.close();
    }
  }

  private void requests(Exchange exchange) {
    try {
      byte[] buffer = new byte[BUFFER];
      InputStream in = exchange.client.getInputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (exchange.isIdle) {
          exchange.isIdle = false;
          exchange.mood = moods.get();
          if (exchange.mood == Mood.REFUSE) {
            exchange.end();
            return;
          }
          if (exchange.mood == Mood.DELAY) {
            Thread.sleep(DELAY_MILLIS);
          }
        }
        if (exchange.mood == Mood.REPEAT && exchange.request.isComplete(buffer, read)) {
          if (exchange.request.mayBeRepeated()) {
            once(exchange.request.bytes());
          }
          write(exchange.there.getOutputStream(), exchange.request.bytes());
          exchange.request.forget();
        } else if (exchange.mood != Mood.REPEAT) {
          write(exchange.there.getOutputStream(), buffer, read, exchange.mood == Mood.SLICE);
        }
      }
      exchange.there.close();
    } catch (IOException broken) {
      return;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** On a connection of its own, until it is answered. */
  private void once(byte[] request) throws IOException {
    try (Socket other = new Socket(InetAddress.getLoopbackAddress(), target.getAsInt())) {
      write(other.getOutputStream(), request);
      other.getInputStream().read();
    }
  }

  private static void write(OutputStream out, byte[] bytes) throws IOException {
    write(out, bytes, bytes.length, false);
  }

  private static void answers(Exchange exchange) throws IOException {
    InputStream in = exchange.there.getInputStream();
    byte[] buffer = new byte[BUFFER];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      if (exchange.mood == Mood.RESET) {
        exchange.end();
        return;
      }
      if (exchange.mood != Mood.BLACK_HOLE) {
        exchange.isIdle = true;
        write(exchange.client.getOutputStream(), buffer, read, exchange.mood == Mood.SLICE);
      }
    }
  }

  private static void write(OutputStream out, byte[] bytes, int length, boolean isSlow)
      throws IOException {
    if (!isSlow) {
      out.write(bytes, 0, length);
      out.flush();
      return;
    }
    for (int i = 0; i < length; i += 64) {
      out.write(bytes, i, Math.min(64, length - i));
      out.flush();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
