package org.carepathway.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the decision tables and their cases lie. */
final class DecisionFiles {

  private DecisionFiles() {}

  /** The folder of each pathway. */
  static List<Path> pathways() throws IOException {
    try (var folders = Files.list(Path.of("bpmn"))) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }

  /** None where there is no such folder. */
  static List<Path> in(Path folder, String ending) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
