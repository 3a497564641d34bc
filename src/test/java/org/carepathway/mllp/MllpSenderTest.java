package org.carepathway.mllp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One message after the other, and each acknowledgement for its own message. */
class MllpSenderTest {

  private static final String ACK = "MSH|^~\\&|EHR|H|CP|S|20261130||ACK|9|P|2.5.1\rMSA|%s|%s\r";

  private final List<String> received = new CopyOnWriteArrayList<>();
  private ServerSocket server;
  private MllpSender sender;
  private Function<String, List<String>> answers = id -> List.of(ACK.formatted("AA", id));

  @BeforeEach
  void open() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve);
    thread.setDaemon(true);
    thread.start();
    sender =
        new MllpSender(
            "localhost",
            server.getLocalPort(),
            SocketFactory.getDefault(),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2));
  }

  @AfterEach
  void close() throws IOException {
    sender.close();
    server.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        Queue<Frames.Frame> found = new ArrayDeque<>();
        Frames frames = new Frames(1 << 20, found::add);
        byte[] buffer = new byte[8192];
        for (int read = socket.getInputStream().read(buffer);
            read >= 0;
            read = socket.getInputStream().read(buffer)) {
          frames.accept(buffer, read);
          while (!found.isEmpty()) {
            String message = new String(found.remove().content(), StandardCharsets.UTF_8);
            received.add(message);
            for (String answer : answers.apply(message.split("\\|")[9])) {
              socket.getOutputStream().write(Frames.wrap(answer.getBytes(StandardCharsets.UTF_8)));
            }
          }
        }
      } catch (IOException closed) {
        continue;
      }
    }
  }

  private MllpSender.Acknowledged send(String id) throws IOException {
    return sender.send(id, "MSH|^~\\&|CP|S|EHR|H|20261130||ORU^R01|" + id + "|P|2.5.1\r");
  }

  @Test
  void whatIsAcceptedOrRefusedIsSaid() throws IOException {
    assertThat(send("1").isAccepted()).isTrue();
    answers = id -> List.of(ACK.formatted("AR", id));
    assertThat(send("2").isRejected()).isTrue();
    answers = id -> List.of(ACK.formatted("AE", id + "|PID-3 is unknown"));
    assertThat(send("3")).isEqualTo(new MllpSender.Acknowledged("AE", "PID-3 is unknown"));
    assertThat(received).hasSize(3);
  }

  @Test
  void anAcknowledgementForAnotherMessageSaysNothingOfThisOne() throws IOException {
    answers = id -> List.of(ACK.formatted("AA", "other"), ACK.formatted("AE", id));
    assertThat(send("1").isAccepted()).isFalse();
    answers = id -> List.of(ACK.formatted("AA", "other"));
    assertThatThrownBy(() -> send("2")).hasMessageContaining("acknowledge");
    assertThat(sender.strangers()).isEqualTo(2);
  }

  @Test
  void anAcknowledgementThatComesTwiceIsOfOneMessageOnly() throws IOException {
    answers = id -> List.of(ACK.formatted("AA", id), ACK.formatted("AA", id));
    assertThat(send("1").isAccepted()).isTrue();
    answers = id -> List.of(ACK.formatted("AE", id));
    assertThat(send("2").code()).isEqualTo("AE");
    assertThat(received).hasSize(2);
    assertThat(sender.strangers()).isEqualTo(1);
  }

  @Test
  void aLateAcknowledgementNeverMeetsTheNextMessage() throws IOException {
    answers =
        id -> {
          pause();
          return List.of(ACK.formatted("AA", id));
        };
    assertThatThrownBy(() -> send("1")).isInstanceOf(IOException.class);
    answers = id -> List.of(ACK.formatted("AE", id));
    assertThat(send("2").code()).isEqualTo("AE");
    assertThat(sender.strangers()).isZero();
  }

  private static void pause() {
    try {
      Thread.sleep(3_000);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
