package org.carepathway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** A pathway is content: Java names none (ADR 0003). */
class NoPathwayInJavaTest {

  @Test
  void javaNeverNamesThePathway() throws IOException {
    List<Path> sources;
    try (var files = Files.walk(Path.of("src/main/java"))) {
      sources = files.filter(file -> file.toString().endsWith(".java")).toList();
    }
    assertThat(sources).isNotEmpty();
    for (Path source : sources) {
      assertThat(Files.readString(source).toLowerCase(Locale.ROOT))
          .as(source.toString())
          .doesNotContain("vertebro");
    }
  }
}
