package org.carepathway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables that say which test proves what a specification asks name tests that there are. */
class SpecificationTablesTest {

  private static final Pattern TEST = Pattern.compile("\\b([A-Z][A-Za-z0-9]*Test)(?:#(\\w+))?");

  @ParameterizedTest
  @ValueSource(strings = {"cds-hooks.md", "ehr.md"})
  void everyTestThatIsNamedIsThere(String page) throws IOException {
    List<String> missing = new ArrayList<>();
    List<MatchResult> named =
        TEST.matcher(Files.readString(Path.of("docs", page))).results().toList();
    assertThat(named).hasSizeGreaterThan(5);
    for (MatchResult test : named) {
      String source = source(test.group(1));
      if (source.isEmpty()
          || test.group(2) != null && !source.contains(" " + test.group(2) + "(")) {
        missing.add(test.group());
      }
    }
    assertThat(missing).isEmpty();
  }

  private static String source(String test) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().equals(test + ".java")) {
          return Files.readString(file);
        }
      }
    }
    return "";
  }
}
