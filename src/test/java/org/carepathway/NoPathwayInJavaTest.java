package org.carepathway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** A pathway is content: Java names none of those under bpmn/ (ADR 0003). */
class NoPathwayInJavaTest {

  private static final int STEM = 8;

  @Test
  void javaNeverNamesAPathway() throws IOException {
    List<Path> sources;
    try (var files = Files.walk(Path.of("src/main/java"))) {
      sources = files.filter(file -> file.toString().endsWith(".java")).toList();
    }
    assertThat(sources).isNotEmpty();
    List<String> stems = stems();
    assertThat(stems).isNotEmpty();
    for (Path source : sources) {
      assertThat(Files.readString(source).toLowerCase(Locale.ROOT))
          .as(source.toString())
          .doesNotContain(stems);
    }
  }

  /** The first letters of each pathway's name, so that an inflected form is found too. */
  private static List<String> stems() throws IOException {
    try (var folders = Files.list(Path.of("bpmn"))) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .map(name -> name.substring(0, Math.min(STEM, name.length())))
          .toList();
    }
  }
}
