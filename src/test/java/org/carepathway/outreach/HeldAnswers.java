package org.carepathway.outreach;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a mail server or gateway. What comes is passed on at once; the answer to a whole
 * message takes a while, and as long as one wants: that is when the other side has it and nobody
 * has noted so.
 */
final class HeldAnswers implements AutoCloseable {

  private static final int BUFFER = 8192;
  private static final int LEAST_MILLIS = 200;
  private static final int MORE_MILLIS = 500;

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger held = new AtomicInteger();
  private final int target;
  private final String end;
  private final Random random;
  private volatile boolean isHolding;

  /**
   * @param end with what a whole message ends; empty where each request is one
   */
  HeldAnswers(int target, String end, Random random) throws IOException {
    this.target = target;
    this.end = end;
    this.random = random;
    threads.execute(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  void hold() {
    isHolding = true;
  }

  /** How many messages have been handed over and wait for their answer. */
  int held() {
    return held.get();
  }

  synchronized void release() {
    isHolding = false;
    notifyAll();
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
    StringBuffer said = new StringBuffer();
    try (client;
        Socket there = new Socket(InetAddress.getLoopbackAddress(), target)) {
      threads.execute(() -> pass(client, there, said));
      answer(there, client, said);
    } catch (IOException gone) {
      // Whoever asked was killed.
      return;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pass(Socket client, Socket there, StringBuffer said) {
    try {
      InputStream in = client.getInputStream();
      OutputStream out = there.getOutputStream();
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        said.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
        out.write(buffer, 0, read);
        out.flush();
      }
      there.shutdownOutput();
    } catch (IOException gone) {
      return;
    }
  }

  private void answer(Socket there, Socket client, StringBuffer said)
      throws IOException, InterruptedException {
    InputStream in = there.getInputStream();
    byte[] buffer = new byte[BUFFER];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      if (said.toString().endsWith(end)) {
        keepBack();
      }
      client.getOutputStream().write(buffer, 0, read);
      client.getOutputStream().flush();
    }
  }

  private void keepBack() throws InterruptedException {
    held.incrementAndGet();
    try {
      Thread.sleep(LEAST_MILLIS + random.nextInt(MORE_MILLIS));
      synchronized (this) {
        while (isHolding) {
          wait();
        }
      }
    } finally {
      held.decrementAndGet();
    }
  }

  @Override
  public void close() throws IOException {
    release();
    server.close();
    threads.shutdownNow();
  }
}
