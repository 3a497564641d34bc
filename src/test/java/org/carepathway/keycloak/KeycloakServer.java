package org.carepathway.keycloak;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.carepathway.OwnFolder;

/**
 * A real Keycloak with our realm, one for each process of a test run. The build unpacks it; the
 * first test that signs in with it starts it. It keeps its data in memory.
 */
public final class KeycloakServer {

  public static final String CLIENT_SECRET = "secret-of-the-tests";
  public static final String STAFF_SECRET = "secret-of-the-staff-copy";
  static final String EHR_SECRET = "secret-of-the-ehr";
  static final String ADMIN = "admin";

  private static final File LOG = OwnFolder.file("keycloak.log");
  private static final Duration PATIENCE = Duration.ofMinutes(6);
  private static final KeycloakServer ONE = new KeycloakServer();

  private final int port = freePort();
  private Process process;

  private KeycloakServer() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
  }

  /** Where it answers, or will once it was started. */
  public static String address() {
    return "http://localhost:" + ONE.port;
  }

  /** The issuer of its tokens. */
  public static String issuer() {
    return address() + "/realms/care-pathway";
  }

  /** Starts it where it does not run, and waits until it answers. */
  public static synchronized void ready() {
    if (ONE.process == null) {
      // Its first start writes into its own folder, which all processes of the run use.
      OwnFolder.inTurn("keycloak", ONE::begin);
    }
  }

  /** Holds it: it keeps its port and answers nobody, until {@link #resume}. */
  public static void hold() throws IOException, InterruptedException {
    ONE.signal("-STOP");
  }

  public static void resume() throws IOException, InterruptedException {
    ONE.signal("-CONT");
  }

  private void begin() {
    try {
      ProcessBuilder command =
          new ProcessBuilder(
              home().resolve("bin/kc.sh").toString(),
              "start-dev",
              "--http-port=" + port,
              "--hostname=" + address(),
              "--db=dev-mem",
              "--cache=local",
              "--import-realm");
      command
          .environment()
          .putAll(
              Map.of(
                  "JAVA_HOME",
                  System.getProperty("java.home"),
                  "JAVA_OPTS_KC_HEAP",
                  "-Xmx512m -XX:TieredStopAtLevel=1",
                  "KC_BOOTSTRAP_ADMIN_USERNAME",
                  ADMIN,
                  "KC_BOOTSTRAP_ADMIN_PASSWORD",
                  ADMIN,
                  "CAREPATHWAY_URL",
                  "http://localhost",
                  "CAREPATHWAY_CLIENT_SECRET",
                  CLIENT_SECRET,
                  "CAREPATHWAY_EHR_SECRET",
                  EHR_SECRET,
                  "CAREPATHWAY_STAFF_SECRET",
                  STAFF_SECRET,
                  "CAREPATHWAY_SMART_APP_URL",
                  "http://localhost"));
      command.redirectErrorStream(true).redirectOutput(LOG);
      process = command.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await();
  }

  private void await() {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest realm = HttpRequest.newBuilder(URI.create(issuer())).build();
    Awaitility.await("Keycloak; its log is " + LOG)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .failFast("Keycloak ended; its log is " + LOG, () -> !process.isAlive())
        .ignoreExceptions()
        .until(() -> http.send(realm, BodyHandlers.discarding()).statusCode() == 200);
  }

  /** The script and the Java process that it has started. */
  private void signal(String signal) throws IOException, InterruptedException {
    List<ProcessHandle> all =
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(process.toHandle()), process.descendants())
            .toList();
    for (ProcessHandle one : all) {
      new ProcessBuilder("kill", signal, String.valueOf(one.pid())).start().waitFor();
    }
  }

  private void kill() {
    if (process != null) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static Path home() throws IOException {
    try (var folders = Files.list(Path.of("target/keycloak"))) {
      return folders
          .filter(folder -> folder.resolve("bin/kc.sh").toFile().isFile())
          .map(Path::toFile)
          .map(File::getAbsoluteFile)
          .map(File::toPath)
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "No Keycloak in target/keycloak: ./mvnw process-test-resources"));
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
