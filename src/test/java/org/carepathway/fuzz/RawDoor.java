package org.carepathway.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Sends requests as they are, which an HTTP client would correct or refuse to send. */
record RawDoor(int port) {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * @param status 0 where no answer came
   */
  record Answer(int status, String head, String body, Duration time) {}

  Answer send(Request request) throws IOException {
    long begin = System.nanoTime();
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      try {
        OutputStream out = socket.getOutputStream();
        out.write(request.bytes(port));
        out.flush();
      } catch (SocketException refusedEarly) {
        // The answer may have come before the whole body was read.
      }
      String all = read(socket);
      int end = all.indexOf("\r\n\r\n");
      String head = end < 0 ? all : all.substring(0, end);
      return new Answer(
          head.startsWith("HTTP/1.1 ") ? Integer.parseInt(head.substring(9, 12)) : 0,
          head,
          end < 0 ? "" : all.substring(end + 4),
          Duration.ofNanos(System.nanoTime() - begin));
    }
  }

  private static String read(Socket socket) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      InputStream in = socket.getInputStream();
      in.transferTo(all);
    } catch (SocketTimeoutException | SocketException cutOff) {
      // What came until then is looked at.
    }
    return all.toString(StandardCharsets.UTF_8);
  }
}
