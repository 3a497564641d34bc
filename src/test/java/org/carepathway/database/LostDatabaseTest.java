package org.carepathway.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.carepathway.replicas.ServiceProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process of the service whose PostgreSQL dies or hangs: {@code ./mvnw -Preplicas test}. */
@Tag("replicas")
class LostDatabaseTest {

  private static final File LOG = new File("target/lost-database.log");
  private static final Duration NOTICED = Duration.ofSeconds(10);
  private static final Duration BACK = Duration.ofMinutes(1);
  private static final Duration STOPPED = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void theBuiltInOneIsStartedAgainAndAStopDoesNotWaitForIt() throws Exception {
    ServiceProcess service =
        new ServiceProcess(LOG, List.of("--carepathway.database.directory=" + folder));
    Postmaster postmaster = new Postmaster(BuiltInPostgres.cluster(folder));

    postmaster.running().orElseThrow().destroyForcibly();
    goesAndComesBack(service);

    Signals.halt(postmaster.all());
    service.stop(STOPPED);
    assertThat(postmaster.all()).isEmpty();
  }

  @Test
  void anExternalOneIsWaitedForAndAStopDoesNot() throws Exception {
    try (BuiltInPostgres external = new BuiltInPostgres(folder)) {
      Postmaster postmaster = new Postmaster(BuiltInPostgres.cluster(folder));
      ServiceProcess service =
          new ServiceProcess(LOG, List.of("--spring.datasource.url=" + external.url()));

      List<ProcessHandle> processes = postmaster.all();
      Signals.halt(processes);
      await("noticed").atMost(NOTICED).until(() -> isDown(service));
      Signals.goOn(processes);
      await("back").atMost(BACK).until(() -> service.get("/actuator/health/readiness") == 200);

      postmaster.kill();
      await("noticed").atMost(NOTICED).until(() -> isDown(service));
      external.restore(Duration.ZERO);
      await("back").atMost(BACK).until(() -> service.get("/actuator/health/readiness") == 200);

      postmaster.kill();
      service.stop(STOPPED);
    }
  }

  private static void goesAndComesBack(ServiceProcess service) {
    await("noticed").atMost(NOTICED).until(() -> isDown(service));
    await("back").atMost(BACK).until(() -> service.get("/actuator/health/readiness") == 200);
  }

  private static boolean isDown(ServiceProcess service) throws Exception {
    return service.get("/actuator/health/readiness") == 503
        && service.get("/actuator/health/liveness") == 200
        && service.get("/fhir/metadata") == 503
        && service.get("/") == 503;
  }
}
