package org.carepathway.papers;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The picture in docs/architecture.md is drawn from the classes: an arrow says that a package uses
 * another, unless it reaches it by way of a third.
 */
class ArchitecturePageTest {

  private static final Path PAGE = Path.of("docs/architecture.md");
  private static final String ROOT = "org.carepathway.";
  private static final String BEGIN = "```mermaid\n";

  @Test
  void thePictureIsUpToDate() throws IOException {
    String page = Files.readString(PAGE);
    int from = page.indexOf(BEGIN) + BEGIN.length();
    int to = page.indexOf("```", from);
    String drawn = page.substring(0, from) + picture() + page.substring(to);
    if (Boolean.getBoolean("architecture.write")) {
      Files.writeString(PAGE, drawn);
    }
    assertThat(Files.readString(PAGE))
        .as("to draw it: ./mvnw test -Dtest=ArchitecturePageTest -Darchitecture.write=true")
        .isEqualTo(drawn);
  }

  private static String picture() {
    Map<String, Set<String>> uses = uses();
    StringBuilder picture = new StringBuilder("flowchart TD\n");
    uses.forEach(
        (name, used) ->
            used.stream()
                .filter(target -> isDirectOnly(uses, name, target))
                .forEach(target -> picture.append("  %s --> %s\n".formatted(name, target))));
    return picture.toString();
  }

  private static Map<String, Set<String>> uses() {
    Map<String, Set<String>> uses = new TreeMap<>();
    for (JavaClass one :
        new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests())
            .importPackages("org.carepathway")) {
      one.getDirectDependenciesFromSelf().stream()
          .map(dependency -> room(dependency.getTargetClass()))
          .filter(target -> !target.isEmpty() && !target.equals(room(one)))
          .forEach(target -> uses.computeIfAbsent(room(one), any -> new TreeSet<>()).add(target));
    }
    uses.remove("");
    return uses;
  }

  /** The package below ours; empty for the main class and for others' classes. */
  private static String room(JavaClass one) {
    String name = one.getPackageName();
    return name.startsWith(ROOT) ? name.substring(ROOT.length()).split("\\.")[0] : "";
  }

  private static boolean isDirectOnly(Map<String, Set<String>> uses, String from, String to) {
    return uses.get(from).stream()
        .filter(other -> !other.equals(to))
        .noneMatch(other -> reached(uses, other, new HashSet<>()).contains(to));
  }

  private static Set<String> reached(
      Map<String, Set<String>> uses, String from, Set<String> reached) {
    for (String next : uses.getOrDefault(from, Set.of())) {
      if (reached.add(next)) {
        reached(uses, next, reached);
      }
    }
    return reached;
  }
}
