package org.carepathway.mllp;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;

/** A system that sends messages and waits for the answers. */
public final class MllpClient implements AutoCloseable {

  private static final int PATIENCE = 30_000;

  private final Socket socket;
  private final Queue<String> answers = new ArrayDeque<>();
  private final Frames frames =
      new Frames(
          1 << 20,
          frame -> this.answers.add(new String(frame.content(), StandardCharsets.ISO_8859_1)));

  public MllpClient(int port) throws IOException {
    this(new Socket("127.0.0.1", port));
  }

  public MllpClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE);
    socket.setTcpNoDelay(true);
  }

  public String send(String message) throws IOException {
    return send(message.getBytes(StandardCharsets.UTF_8));
  }

  public String send(byte[] message) throws IOException {
    raw(Frames.wrap(message));
    return answer();
  }

  public static byte[] framed(String message) {
    return Frames.wrap(message.getBytes(StandardCharsets.UTF_8));
  }

  public void raw(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** The next answer; null where the connection was closed. */
  public String answer() throws IOException {
    byte[] buffer = new byte[8192];
    while (answers.isEmpty()) {
      int read = socket.getInputStream().read(buffer);
      if (read < 0) {
        return null;
      }
      frames.accept(buffer, read);
    }
    return answers.remove();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
