package org.carepathway.rehearsal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Plays the scenarios named on the command line, paths of YAML files or of their folders, and
 * prints the course of each: {@code ./mvnw -Pplay test -Dscenario=<path>}.
 */
public final class PlayScenario {

  private PlayScenario() {}

  public static void main(String[] arguments) throws IOException {
    Rehearsal stage = Rehearsal.open();
    boolean passed = true;
    for (Path file : files(arguments)) {
      passed &= play(stage, file, System.out);
    }
    if (!Files.isRegularFile(Path.of(arguments[0]))) {
      coverage(stage, System.out);
    }
    System.exit(passed ? 0 : 1);
  }

  static boolean play(Rehearsal stage, Path file, PrintStream out) {
    long begin = System.nanoTime();
    String fault = null;
    try {
      out.println(file);
      ScenarioRun.play(stage, ScenarioRun.read(file), new Course(out));
    } catch (AssertionError | RuntimeException e) {
      fault = e.getMessage();
    }
    out.printf(
        "%s (%.1f s) %s%n",
        file, (System.nanoTime() - begin) / 1e9, fault == null ? "passed" : "FAILED: " + fault);
    return fault == null;
  }

  static List<Path> files(String... places) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String place : places) {
      try (var found = Files.walk(Path.of(place))) {
        found
            .filter(file -> file.toString().endsWith(".yaml"))
            .filter(file -> !file.endsWith("uncovered.yaml"))
            .sorted()
            .forEach(files::add);
      }
    }
    return files;
  }

  static void coverage(Rehearsal stage, PrintStream out) {
    stage
        .catalogue
        .offered()
        .forEach(content -> new Coverage(content, stage.flows).lines().forEach(out::println));
  }
}
