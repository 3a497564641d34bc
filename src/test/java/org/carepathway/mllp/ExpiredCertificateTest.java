package org.carepathway.mllp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A receiver whose certificate has run out is told nothing, and it is said why. */
@Tag("service")
class ExpiredCertificateTest {

  private static final String PASSWORD = "changeit";

  @TempDir private Path folder;

  @Test
  void nothingIsSentToACertificateThatRanOut() throws Exception {
    keytool(
        "ca", "-genkeypair", "-alias", "ca", "-keyalg", "EC", "-dname", "CN=ca", "-ext", "bc:c");
    file("ca", "-exportcert", "-alias", "ca", "-file", "ca.crt");
    SSLContext trusting = trusting();
    try (Listening expired = new Listening(signed("expired", "-10d", "5"));
        MllpSender sender = sender(trusting, expired.port())) {
      assertThatThrownBy(() -> sender.send("1", "MSH|^~\\&|A|B|C|D|2026||ORU^R01|1|P|2.5.1\r"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("validity");
      assertThat(expired.heard).isEmpty();
    }
  }

  private static MllpSender sender(SSLContext context, int port) {
    return new MllpSender(
        "localhost",
        port,
        context.getSocketFactory(),
        Duration.ofSeconds(5),
        Duration.ofSeconds(2));
  }

  /** A server that keeps what it hears and answers nothing. */
  private static final class Listening implements AutoCloseable {

    private final java.net.ServerSocket server;
    private final List<Integer> heard = new CopyOnWriteArrayList<>();

    Listening(SSLContext context) throws IOException {
      ServerSocketFactory sockets = context.getServerSocketFactory();
      server = sockets.createServerSocket(0, 5, InetAddress.getLoopbackAddress());
      Thread thread = new Thread(this::serve);
      thread.setDaemon(true);
      thread.start();
    }

    int port() {
      return server.getLocalPort();
    }

    private void serve() {
      while (!server.isClosed()) {
        try (java.net.Socket socket = server.accept()) {
          int read = socket.getInputStream().read(new byte[8192]);
          if (read > 0) {
            heard.add(read);
          }
          Thread.sleep(3000);
        } catch (IOException refused) {
          continue;
        } catch (InterruptedException stopped) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  /** A key of a server with a certificate by the authority. */
  private SSLContext signed(String name, String from, String days) throws Exception {
    keytool(name, "-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=localhost");
    file(name, "-certreq", "-alias", name, "-file", name + ".req");
    keytool(
        "ca",
        "-gencert",
        "-alias",
        "ca",
        "-infile",
        path(name + ".req"),
        "-outfile",
        path(name + ".crt"),
        "-startdate",
        from,
        "-validity",
        days);
    file(name, "-importcert", "-noprompt", "-alias", "ca", "-file", "ca.crt");
    file(name, "-importcert", "-noprompt", "-alias", name, "-file", name + ".crt");
    KeyStore own = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
      own.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private SSLContext trusting() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(folder.resolve("ca.crt"))) {
      store.setCertificateEntry(
          "ca", java.security.cert.CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private String path(String file) {
    return folder.resolve(file).toString();
  }

  /** With the last of the words as a file of the folder. */
  private void file(String store, String... words) throws Exception {
    words[words.length - 1] = path(words[words.length - 1]);
    keytool(store, words);
  }

  private void keytool(String store, String... words) throws Exception {
    Process made =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(
                            Path.of(System.getProperty("java.home"), "bin", "keytool").toString()),
                        Stream.concat(
                            Stream.of(words),
                            Stream.of(
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                path(store + ".p12"),
                                "-storepass",
                                PASSWORD)))
                    .toList())
            .redirectErrorStream(true)
            .start();
    String said = new String(made.getInputStream().readAllBytes());
    assertThat(made.waitFor()).as(said).isZero();
  }
}
