package org.carepathway.replicas;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.carepathway.keycloak.KeycloakServer;

/** The service once more, as a process of its own on the suite's database. */
final class SecondReplica {

  private final ServiceProcess process;

  /** Starts it and waits until it is ready. */
  SecondReplica(String database) throws IOException {
    process =
        new ServiceProcess(
            new File("target/second-replica.log"),
            List.of(
                "--spring.profiles.active=demo,engine-apis",
                "--spring.datasource.url=" + database,
                "--spring.datasource.username=postgres",
                "--spring.datasource.password=postgres",
                "--carepathway.sign-in.issuer=" + KeycloakServer.issuer(),
                "--carepathway.sign-in.secret=" + KeycloakServer.CLIENT_SECRET));
  }

  int port() {
    return process.port();
  }

  /** As Kubernetes stops a Pod. */
  void stop() throws InterruptedException {
    process.stop(Duration.ofMinutes(2));
  }

  /** As a machine that loses its power. */
  void kill() throws InterruptedException {
    process.kill();
  }
}
