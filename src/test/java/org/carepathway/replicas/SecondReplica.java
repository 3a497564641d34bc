package org.carepathway.replicas;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.carepathway.CarePathwayApplication;
import org.carepathway.keycloak.KeycloakServer;

/** The service once more, as a process of its own on the suite's database. */
final class SecondReplica {

  private static final File LOG = new File("target/second-replica.log");
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final int port;
  private final Process process;

  /** Starts it and waits until it is ready. */
  SecondReplica(String database) throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      this.port = socket.getLocalPort();
    }
    this.process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                CarePathwayApplication.class.getName(),
                "--spring.profiles.active=demo,engine-apis",
                "--server.port=" + port,
                "--spring.datasource.url=" + database,
                "--spring.datasource.username=postgres",
                "--spring.datasource.password=postgres",
                "--carepathway.demo.cohort=false",
                "--carepathway.content.allow-change=true",
                "--carepathway.sign-in.issuer=" + KeycloakServer.issuer(),
                "--carepathway.sign-in.secret=" + KeycloakServer.CLIENT_SECRET)
            .redirectErrorStream(true)
            .redirectOutput(LOG)
            .start();
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest ready =
        HttpRequest.newBuilder(
                URI.create("http://localhost:" + port + "/actuator/health/readiness"))
            .build();
    Awaitility.await("the second replica; its log is " + LOG)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .failFast("It ended; its log is " + LOG, () -> !process.isAlive())
        .ignoreExceptions()
        .until(() -> http.send(ready, BodyHandlers.discarding()).statusCode() == 200);
  }

  int port() {
    return port;
  }

  /** As Kubernetes stops a Pod. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("it did not stop by itself");
    }
  }
}
