package org.carepathway.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Plays the scenarios named on the command line: paths of YAML files or of their folders. */
public final class PlayScenario {

  private PlayScenario() {}

  public static void main(String[] arguments) throws IOException {
    long begin = System.nanoTime();
    Rehearsal stage = Rehearsal.open();
    System.out.printf("ready after %.1f s%n", (System.nanoTime() - begin) / 1e9);
    int failed = 0;
    for (Path file : files(arguments)) {
      long start = System.nanoTime();
      String result = "passed";
      try {
        ScenarioRun.play(stage, ScenarioRun.read(file));
      } catch (AssertionError | RuntimeException e) {
        failed++;
        result = "FAILED: " + e.getMessage();
      }
      System.out.printf("%s (%.1f s) %s%n", file, (System.nanoTime() - start) / 1e9, result);
    }
    System.exit(failed == 0 ? 0 : 1);
  }

  private static List<Path> files(String[] arguments) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String argument : arguments) {
      try (var found = Files.walk(Path.of(argument))) {
        found
            .filter(file -> file.toString().endsWith(".yaml"))
            .filter(file -> !file.endsWith("uncovered.yaml"))
            .sorted()
            .forEach(files::add);
      }
    }
    return files;
  }
}
