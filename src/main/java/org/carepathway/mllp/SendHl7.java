package org.carepathway.mllp;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

/**
 * The command {@code send-hl7}: sends files of HL7 v2 messages to a port and prints what is
 * answered.
 */
public final class SendHl7 {

  /** Its name as the first argument. */
  public static final String NAME = "send-hl7";

  private static final String TO = "--to=";
  private static final String USAGE =
      "send-hl7 [--to=HOST:PORT] FILE...   sends HL7 v2 messages, one or more a file; --to is localhost:2575";

  private static final int PATIENCE_MILLIS = 30_000;
  private static final int BUFFER = 8192;
  private static final int LARGEST = 1 << 20;
  private static final int ACKNOWLEDGED = 0;
  private static final int REFUSED = 1;
  private static final int NOT_SENT = 2;

  private SendHl7() {}

  /** The same without the service's jar: it needs no library. */
  public static void main(String[] args) {
    String[] named = new String[args.length + 1];
    named[0] = NAME;
    System.arraycopy(args, 0, named, 1, args.length);
    System.exit(run(named));
  }

  /**
   * @param args its name first
   * @return 0 when every message was acknowledged, 1 when one was refused, 2 when nothing could be
   *     sent
   */
  public static int run(String[] args) {
    String to =
        Arrays.stream(args)
            .filter(arg -> arg.startsWith(TO))
            .map(arg -> arg.substring(TO.length()))
            .findFirst()
            .orElse("localhost:2575");
    List<String> files = Arrays.stream(args).skip(1).filter(arg -> !arg.startsWith("--")).toList();
    if (files.isEmpty() || !to.matches(".+:\\d{1,5}")) {
      System.err.println(USAGE);
      return NOT_SENT;
    }
    try {
      int worst = ACKNOWLEDGED;
      for (String file : files) {
        worst = Math.max(worst, send(to, Path.of(file)));
      }
      return worst;
    } catch (IOException fault) {
      System.err.printf(
          "Not sent to %s: %s. Is the service running, and its port of HL7 v2 switched on?%n",
          to, fault);
      return NOT_SENT;
    }
  }

  private static int send(String to, Path file) throws IOException {
    int colon = to.lastIndexOf(':');
    int worst = ACKNOWLEDGED;
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(to.substring(0, colon), Integer.parseInt(to.substring(colon + 1))),
          PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      for (String message : messages(Files.readString(file, StandardCharsets.UTF_8))) {
        socket.getOutputStream().write(Frames.wrap(message.getBytes(StandardCharsets.UTF_8)));
        socket.getOutputStream().flush();
        String answer = answer(socket.getInputStream());
        System.out.println(file.getFileName() + ":");
        answer.lines().forEach(line -> System.out.println("  " + line));
        worst = answer.matches("(?s).*\rMSA.A?A.*") ? worst : REFUSED;
      }
    }
    return worst;
  }

  /** Each begins with its header; lines of a file end as the machine ends them. */
  private static List<String> messages(String text) {
    List<String> messages = new ArrayList<>();
    StringBuilder message = new StringBuilder();
    for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
      if (line.startsWith("MSH") && !message.isEmpty()) {
        messages.add(message.toString());
        message.setLength(0);
      }
      message.append(line).append('\r');
    }
    messages.add(message.toString());
    return messages;
  }

  private static String answer(InputStream in) throws IOException {
    Queue<Frames.Frame> found = new ArrayDeque<>();
    Frames frames = new Frames(LARGEST, found::add);
    byte[] buffer = new byte[BUFFER];
    while (found.isEmpty()) {
      int read = in.read(buffer);
      if (read < 0) {
        throw new IOException("the connection was closed without an answer");
      }
      frames.accept(buffer, read);
    }
    return new String(found.remove().content(), StandardCharsets.UTF_8);
  }
}
