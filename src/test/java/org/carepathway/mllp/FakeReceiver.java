package org.carepathway.mllp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A system that takes messages, each control id once, and says AA. */
public final class FakeReceiver implements AutoCloseable {

  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Function<String, List<String>> acknowledged;
  private final Map<String, String> taken = Collections.synchronizedMap(new LinkedHashMap<>());

  public FakeReceiver() throws IOException {
    this(id -> List.of(accepted(id)));
  }

  /**
   * @param acknowledged control id to what it answers, as {@code AA|id}, which may name others too
   */
  public FakeReceiver(Function<String, List<String>> acknowledged) throws IOException {
    this.acknowledged = acknowledged;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /** What it says of a message that it has taken. */
  public static String accepted(String id) {
    return "AA|" + id;
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Control id to message, in the order in which they were taken. */
  public Map<String, String> taken() {
    synchronized (taken) {
      return new LinkedHashMap<>(taken);
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        threads.execute(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      Queue<Frames.Frame> found = new ArrayDeque<>();
      Frames frames = new Frames(1 << 22, found::add);
      byte[] buffer = new byte[8192];
      for (int read = socket.getInputStream().read(buffer);
          read >= 0;
          read = socket.getInputStream().read(buffer)) {
        frames.accept(buffer, read);
        while (!found.isEmpty()) {
          String message = new String(found.remove().content(), StandardCharsets.UTF_8);
          String id = message.split("\\|")[9];
          List<String> said = acknowledged.apply(id);
          if (said.stream().noneMatch(("AR|" + id)::equals)) {
            taken.putIfAbsent(id, message);
          }
          for (String named : said) {
            String answer = "MSH|^~\\&|EHR|H|CP|S|20261130||ACK|9|P|2.5.1\rMSA|" + named + "\r";
            socket.getOutputStream().write(Frames.wrap(answer.getBytes(StandardCharsets.UTF_8)));
          }
          socket.getOutputStream().flush();
        }
      }
    } catch (IOException broken) {
      // Who sends has gone; another connection comes.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
