package org.carepathway.mllp;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import javax.net.SocketFactory;

/**
 * Sends messages to a port, one after the other: the next one not before the last was acknowledged
 * or given up. An acknowledgement that names another message says nothing of this one, and is
 * counted.
 */
public final class MllpSender implements AutoCloseable {

  private static final int LARGEST = 1 << 20;
  private static final int BUFFER = 8192;

  private final String host;
  private final int port;
  private final SocketFactory sockets;
  private final Duration connect;
  private final Duration patience;
  private final AtomicLong strangers = new AtomicLong();
  private final Queue<String> answers = new ArrayDeque<>();
  private Socket socket;
  private Frames frames;

  /**
   * @param sockets for TLS; the usual ones for none
   * @param connect how long a connection may take
   * @param patience how long an acknowledgement may take
   */
  public MllpSender(
      String host, int port, SocketFactory sockets, Duration connect, Duration patience) {
    this.host = host;
    this.port = port;
    this.sockets = sockets;
    this.connect = connect;
    this.patience = patience;
  }

  /**
   * What was acknowledged.
   *
   * @param code MSA-1
   * @param said MSA-3, empty where it says nothing
   */
  public record Acknowledged(String code, String said) {

    public boolean isAccepted() {
      return code.equals("AA") || code.equals("CA");
    }

    /** Refused for good; AE may be a passing fault of theirs or of the content. */
    public boolean isRejected() {
      return code.equals("AR") || code.equals("CR");
    }
  }

  /**
   * @param controlId MSH-10 of the message
   * @throws IOException where there is no acknowledgement in time: nobody knows whether it was
   *     taken, and the same message may be sent again under the same number
   */
  public synchronized Acknowledged send(String controlId, String message) throws IOException {
    try {
      open();
      socket.getOutputStream().write(Frames.wrap(message.getBytes(StandardCharsets.UTF_8)));
      socket.getOutputStream().flush();
      return acknowledged(controlId);
    } catch (SocketTimeoutException late) {
      close();
      throw new IOException("no acknowledgement within " + patience, late);
    } catch (IOException | RuntimeException fault) {
      // A late acknowledgement must not meet the next message.
      close();
      throw fault;
    }
  }

  /** Opens a connection if there is none, and sends nothing. */
  public synchronized void open() throws IOException {
    if (socket == null || socket.isClosed()) {
      Socket opened = sockets.createSocket();
      opened.connect(new InetSocketAddress(host, port), (int) connect.toMillis());
      opened.setTcpNoDelay(true);
      socket = opened;
      answers.clear();
      frames =
          new Frames(
              LARGEST, frame -> answers.add(new String(frame.content(), StandardCharsets.UTF_8)));
    }
  }

  private Acknowledged acknowledged(String controlId) throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    byte[] buffer = new byte[BUFFER];
    InputStream in = socket.getInputStream();
    while (true) {
      while (!answers.isEmpty()) {
        String[] said = segment(answers.remove());
        if (said.length > 2 && said[2].equals(controlId)) {
          return new Acknowledged(said[1], said.length > 3 ? said[3] : "");
        }
        strangers.incrementAndGet();
      }
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new IOException("no acknowledgement within " + patience);
      }
      socket.setSoTimeout((int) left);
      int read = in.read(buffer);
      if (read < 0) {
        throw new IOException("the connection was closed without an acknowledgement");
      }
      frames.accept(buffer, read);
    }
  }

  /** MSA, by the separator of the header. */
  private static String[] segment(String answer) {
    String separator = answer.length() > 3 ? answer.substring(3, 4) : "|";
    return answer
        .lines()
        .flatMap(line -> Arrays.stream(line.split("\r")))
        .filter(line -> line.startsWith("MSA" + separator))
        .findFirst()
        .map(line -> line.split(Pattern.quote(separator), -1))
        .orElse(new String[0]);
  }

  /** How many acknowledgements named another message than the one that was sent. */
  public long strangers() {
    return strangers.get();
  }

  @Override
  public synchronized void close() {
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException gone) {
        socket = null;
        return;
      }
      socket = null;
    }
  }
}
