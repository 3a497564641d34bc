package org.carepathway.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every diagram can be read: nothing crosses, overlaps, leaves its lane or lacks a label. */
class DiagramsTest {

  private static final Pattern TIME =
      Pattern.compile("(?:camunda:dueDate=\"|<bpmn:time(?:Date|Duration|Cycle) [^>]*>)([^\"<]+)");

  @TestFactory
  Stream<DynamicTest> everyDiagramCanBeRead() throws IOException {
    return diagrams().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () -> assertThat(new DrawingFaults(new Drawing(file)).find()).isEmpty()));
  }

  /**
   * Every due date and every timer is a policy value, a rule's or a person's: never a fixed time.
   */
  @TestFactory
  Stream<DynamicTest> noTimeIsFixed() throws IOException {
    return diagrams().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () ->
                        assertThat(
                                TIME.matcher(Files.readString(file))
                                    .results()
                                    .map(found -> found.group(1))
                                    .filter(time -> !time.contains("${")))
                            .isEmpty()));
  }

  private static List<Path> diagrams() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("bpmn"))) {
      return files.filter(file -> file.toString().endsWith(".bpmn")).sorted().toList();
    }
  }
}
