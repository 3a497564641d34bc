package org.carepathway.delivery;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.carepathway.OwnFolder;
import org.carepathway.demo.ehr.EhrProcess;
import org.carepathway.demo.ehr.FakeEhr;
import org.hl7.fhir.r4.model.Resource;

/** An EHR in a process of its own, which has what it was given also after it was killed. */
final class KillableEhr implements AutoCloseable {

  /** Of so many requests one is answered with 500 or 429. */
  private static final int FAULTS = 20;

  private final String vendor;
  private final Path journal;
  private final Path port;
  private Process process;
  private volatile int number;

  KillableEhr(String vendor, Path folder) throws IOException {
    this.vendor = vendor;
    this.journal = folder.resolve(vendor + ".ndjson");
    this.port = folder.resolve(vendor + ".port");
    start(FAULTS);
  }

  int port() {
    return number;
  }

  void kill() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor();
    start(FAULTS);
  }

  /** From now on it refuses nothing. */
  void calm() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor();
    start(0);
  }

  private void start(int faults) throws IOException {
    Files.deleteIfExists(port);
    process =
        JavaProcess.start(
            OwnFolder.file("killed-ehrs.log"),
            "150m",
            EhrProcess.class,
            List.of(
                vendor,
                journal.toString(),
                port.toString(),
                Integer.toString(DeliveryProcess.PATIENTS),
                Integer.toString(faults)));
    await()
        .atMost(Duration.ofMinutes(2))
        .failFast("the EHR ended by itself", () -> !process.isAlive())
        .until(() -> Files.exists(port));
    number = Integer.parseInt(Files.readString(port));
  }

  /** What it was given, as it is now. */
  List<Resource> received() throws IOException {
    try (FakeEhr again = FakeEhr.lasting(vendor, journal)) {
      return again.received();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
