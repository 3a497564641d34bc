package org.carepathway.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Lets random patients travel beside the other tests, when {@link RandomPatientsTest} is among
 * them. They have a process of their own, because a JVM has only one clock of the engine, and let
 * the others go first ({@code nice}), because pages are waited for.
 */
public final class RandomPatientsBeside implements TestExecutionListener {

  private static final Path OUTPUT = Path.of("target/random-patients.log");
  private static final long PATIENCE_MINUTES = 30;
  private static Process process;

  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    String waiting = RandomPatientsTest.class.getName();
    if (process == null
        && plan.countTestIdentifiers(id -> id.getUniqueId().contains(waiting)) > 0) {
      start();
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    if (process != null) {
      process.destroy();
    }
  }

  /**
   * Waits until the last has arrived.
   *
   * @return whether no invariant broke
   */
  static boolean allArrived() throws IOException, InterruptedException {
    boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
    Files.readAllLines(OUTPUT).stream()
        .dropWhile(line -> !line.contains("random patients"))
        .forEach(System.out::println);
    return ended && process.exitValue() == 0;
  }

  private static void start() {
    try {
      process =
          new ProcessBuilder(
                  "nice",
                  "-n",
                  "19",
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx1g",
                  "-XX:+UseSerialGC",
                  "-Drandom.patients=" + RandomPatientsTest.PATIENTS,
                  "-Drandom.seed=1",
                  "-Drandom.threads=1",
                  "-Drehearsal.directory=target/rehearsal-beside",
                  "-cp",
                  System.getProperty("java.class.path"),
                  RandomPatients.class.getName())
              .redirectErrorStream(true)
              .redirectOutput(OUTPUT.toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
