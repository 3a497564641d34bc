package org.carepathway.mllp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The port by itself: who may connect, how long a message may take, TLS. */
class MllpPortTest {

  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir static Path folder;

  private final List<String> heard = new CopyOnWriteArrayList<>();
  private MllpPort port;

  private void open(Predicate<InetAddress> senders, SSLContext ssl, Duration longest)
      throws IOException {
    port =
        MllpPort.open(
            new PortOptions(
                "test", InetAddress.getLoopbackAddress(), 0, senders, ssl, 100_000, longest, 3),
            (message, isWhole) -> {
              heard.add(new String(message, StandardCharsets.UTF_8));
              return ("heard " + heard.size()).getBytes(StandardCharsets.UTF_8);
            });
  }

  @AfterEach
  void close() throws IOException {
    port.close();
  }

  @Test
  void aConnectionMayBeSilentBetweenMessagesAndNotInsideOne() throws Exception {
    open(any -> true, null, Duration.ofMillis(500));
    try (MllpClient client = new MllpClient(port.number())) {
      assertThat(client.send("one")).isEqualTo("heard 1");
      Thread.sleep(1200);
      assertThat(client.send("two")).isEqualTo("heard 2");
      byte[] slow = MllpClient.framed("x".repeat(100));
      for (int i = 0; i < 5; i++) {
        client.raw(Arrays.copyOfRange(slow, i, i + 1));
        Thread.sleep(90);
      }
      assertThat(client.answer()).as("the connection is closed").isNull();
    }
    assertThat(heard).containsExactly("one", "two");
    await().until(() -> port.connections() == 0);
  }

  @Test
  void aTrickleDoesNotHoldUpAnotherSender() throws Exception {
    open(any -> true, null, Duration.ofSeconds(20));
    try (MllpClient slow = new MllpClient(port.number());
        MllpClient other = new MllpClient(port.number())) {
      slow.raw(new byte[] {Frames.START, 'M'});
      assertThat(other.send("quick")).isEqualTo("heard 1");
    }
  }

  @Test
  void afterAThousandConnectionsThatWereResetItStillListens() throws Exception {
    open(any -> true, null, Duration.ofSeconds(20));
    byte[] half = MllpClient.framed("half a message");
    for (int i = 0; i < 1000; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port.number())) {
        socket.setSoLinger(true, 0);
        socket.getOutputStream().write(half, 0, i % half.length);
      } catch (SocketException refused) {
        assertThat(refused).as("more than three were open at once").isNotNull();
      }
    }
    await().until(() -> port.connections() == 0);
    try (MllpClient client = new MllpClient(port.number())) {
      assertThat(client.send("whole")).isEqualTo("heard 1");
    }
  }

  @Test
  void whoMayNotConnectAndOneTooManyGetNothing() throws Exception {
    open(any -> false, null, Duration.ofSeconds(5));
    assertClosed();
    port.close();
    open(any -> true, null, Duration.ofSeconds(5));
    try (MllpClient first = new MllpClient(port.number());
        MllpClient second = new MllpClient(port.number());
        MllpClient third = new MllpClient(port.number())) {
      assertThat(List.of(first.send("a"), second.send("b"), third.send("c"))).hasSize(3);
      assertClosed();
    }
    await().until(() -> port.connections() == 0);
    try (MllpClient again = new MllpClient(port.number())) {
      assertThat(again.send("d")).isEqualTo("heard 4");
    }
  }

  private void assertClosed() throws IOException {
    try (MllpClient client = new MllpClient(port.number())) {
      assertThat(client.send("no")).isNull();
    } catch (SocketException reset) {
      assertThat(reset).isNotNull();
    }
  }

  @Test
  void withTlsOnlyAClientWithACertificateThatIsTrustedIsHeard() throws Exception {
    KeyStore server = keys("server");
    KeyStore client = keys("client");
    KeyStore stranger = keys("stranger");
    open(any -> true, context(server, client), Duration.ofSeconds(10));

    try (MllpClient trusted = new MllpClient(connect(context(client, server)))) {
      assertThat(trusted.send("hello")).isEqualTo("heard 1");
    }
    assertThatThrownBy(() -> speak(connect(context(stranger, server))))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> speak(connect(context(null, server)))).isInstanceOf(IOException.class);
    speak(new Socket(InetAddress.getLoopbackAddress(), port.number()));
    assertThat(heard).containsExactly("hello");
  }

  /** Sends without hope; what comes back is no answer of ours. */
  private static void speak(Socket socket) throws IOException {
    try (socket) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(MllpClient.framed("hello"));
      InputStream in = socket.getInputStream();
      while (in.read() >= 0) {
        assertThat(socket.isClosed()).isFalse();
      }
    }
  }

  private Socket connect(SSLContext context) throws IOException {
    return context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port.number());
  }

  /** A key with a certificate that it signs itself. */
  private static KeyStore keys(String name) throws Exception {
    Path file = folder.resolve(name + ".p12");
    if (!Files.exists(file)) {
      String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
      Process made =
          new ProcessBuilder(
                  keytool,
                  "-genkeypair",
                  "-alias",
                  name,
                  "-keyalg",
                  "EC",
                  "-dname",
                  "CN=" + name,
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  file.toString(),
                  "-storepass",
                  "changeit")
              .redirectErrorStream(true)
              .start();
      made.getInputStream().readAllBytes();
      assertThat(made.waitFor()).isZero();
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    return keys;
  }

  private static SSLContext context(KeyStore own, KeyStore trusted) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, PASSWORD);
    KeyStore certificates = KeyStore.getInstance("PKCS12");
    certificates.load(null, null);
    String alias = trusted.aliases().nextElement();
    certificates.setCertificateEntry(alias, trusted.getCertificate(alias));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(certificates);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own == null ? null : keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
