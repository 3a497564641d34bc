package org.carepathway.mllp;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Queue;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of a sender. Between messages it may be silent for as long as it likes; a message
 * that has begun must end in time.
 */
final class Connection implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final int BUFFER = 64 * 1024;
  private static final int HANDSHAKE_MILLIS = 10_000;

  private final Socket socket;
  private final PortOptions options;
  private final Answering answering;
  private final Queue<Frames.Frame> found = new ArrayDeque<>();
  private final Frames frames;
  private long begun;

  Connection(Socket socket, PortOptions options, Answering answering) {
    this.socket = socket;
    this.options = options;
    this.answering = answering;
    this.frames = new Frames(options.largest(), found::add);
  }

  void run() {
    try (socket) {
      socket.setKeepAlive(true);
      socket.setTcpNoDelay(true);
      if (socket instanceof SSLSocket secure) {
        secure.setSoTimeout(HANDSHAKE_MILLIS);
        secure.startHandshake();
      }
      talk(socket.getInputStream(), socket.getOutputStream());
    } catch (SocketTimeoutException slow) {
      LOG.warn("{}: a message did not end in time; the connection is closed", options.name());
    } catch (IOException broken) {
      LOG.info("{}: a connection broke: {}", options.name(), broken.toString());
    } catch (RuntimeException fault) {
      LOG.warn("{}: a connection is closed: {}", options.name(), fault.getClass().getSimpleName());
    }
    if (frames.isInside() || frames.skipped() > 0) {
      LOG.info(
          "{}: a connection ended; {} bytes belonged to no message{}",
          options.name(),
          frames.skipped(),
          frames.isInside() ? ", and one was cut off" : "");
    }
  }

  private void talk(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    int read;
    while ((read = read(in, buffer)) >= 0) {
      boolean wasInside = frames.isInside();
      frames.accept(buffer, read);
      if (frames.isInside() && (!wasInside || !found.isEmpty())) {
        begun = System.nanoTime();
      }
      while (!found.isEmpty()) {
        Frames.Frame frame = found.remove();
        byte[] answer = answering.answer(frame.content(), frame.isWhole());
        if (answer == null) {
          return;
        }
        out.write(Frames.wrap(answer));
        out.flush();
      }
    }
  }

  private int read(InputStream in, byte[] buffer) throws IOException {
    if (frames.isInside()) {
      long left = options.longest().toMillis() - (System.nanoTime() - begun) / 1_000_000;
      if (left <= 0) {
        throw new SocketTimeoutException("a slow message");
      }
      socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
    } else {
      socket.setSoTimeout(0);
    }
    return in.read(buffer);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
