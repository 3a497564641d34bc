package org.carepathway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.carepathway.content.PathwayContent;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Plays every scenario of every pathway. Then each sequence flow of its models was taken by one of
 * them, or {@code scenarios/uncovered.yaml} says why none takes it.
 */
@Tag("rehearsal")
class ScenariosTest {

  @TestFactory
  Stream<DynamicTest> everyScenario() throws IOException {
    Rehearsal stage = Rehearsal.open();
    ScenarioTree tree = new ScenarioTree(stage);
    List<DynamicTest> scenarios =
        stage.catalogue.offered().stream().flatMap(content -> scenarios(tree, content)).toList();
    tree.play();
    return Stream.concat(
        scenarios.stream(),
        stage.catalogue.offered().stream().map(content -> coverage(stage, content)));
  }

  private static Stream<DynamicTest> scenarios(ScenarioTree tree, PathwayContent content) {
    return files(folder(content))
        .map(
            file -> {
              CompletableFuture<Void> played = tree.add(ScenarioRun.read(file));
              return DynamicTest.dynamicTest(
                  content.key() + ": " + file.getFileName(), played::join);
            });
  }

  /** Last of all: what a pathway inherits is covered by the scenarios of the one it comes from. */
  private static DynamicTest coverage(Rehearsal stage, PathwayContent content) {
    return DynamicTest.dynamicTest(
        content.key() + ": every flow is taken", () -> covered(stage, content, folder(content)));
  }

  private static Path folder(PathwayContent content) {
    return Path.of("bpmn", content.key(), "scenarios");
  }

  private static void covered(Rehearsal stage, PathwayContent content, Path folder)
      throws IOException {
    Coverage coverage = new Coverage(content, stage.flows);
    coverage.lines().forEach(System.out::println);
    Map<String, String> never = new LinkedHashMap<>();
    coverage.missing().values().forEach(never::putAll);
    Map<String, Object> justified = justified(folder.resolve("uncovered.yaml"));
    assertThat(new TreeSet<>(justified.keySet()))
        .as("flows in uncovered.yaml that are taken or do not exist")
        .isSubsetOf(never.keySet());
    never.keySet().removeAll(justified.keySet());
    assertThat(never).as("flows that no scenario takes").isEmpty();
  }

  private static Map<String, Object> justified(Path file) throws IOException {
    return Files.exists(file)
        ? new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file))
        : Map.of();
  }

  private static Stream<Path> files(Path folder) {
    try {
      return PlayScenario.files(folder.toString()).stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
