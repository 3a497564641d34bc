package org.carepathway.replicas;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.carepathway.CarePathwayApplication;

/** The service as a process of its own. */
public final class ServiceProcess {

  private static final Duration PATIENCE = Duration.ofMinutes(8);

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;
  private final Process process;

  /** Starts it and waits until it is ready. */
  public ServiceProcess(File log, List<String> settings) throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      this.port = socket.getLocalPort();
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                CarePathwayApplication.class.getName(),
                "--server.port=" + port,
                "--carepathway.demo.cohort=false",
                "--carepathway.content.allow-change=true"));
    command.addAll(settings);
    this.process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    Awaitility.await("the service; its log is " + log)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .failFast("It ended; its log is " + log, () -> !process.isAlive())
        .ignoreExceptions()
        .until(() -> get("/actuator/health/readiness") == 200);
  }

  public int port() {
    return port;
  }

  /** The status of the answer. */
  public int get(String path) throws IOException, InterruptedException {
    URI address = URI.create("http://localhost:" + port + path);
    return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
        .statusCode();
  }

  /** As Kubernetes stops a Pod. */
  public void stop(Duration limit) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("it did not stop by itself");
    }
  }

  /** As a machine that loses its power. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
