package org.carepathway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.carepathway.content.ContentOnDisk;
import org.carepathway.content.Policy;
import org.carepathway.engine.BrokenCells.Broken;
import org.junit.jupiter.api.Test;

/**
 * The decision cases notice when a limit moves across its boundary, a condition or one of its
 * values is left out, or an answer changes: each cell of each table is broken in turn. That a rule
 * is left out, {@link DecisionCasesTest} notices.
 */
class BrokenRulesTest {

  /** Cells that make no difference when they are broken, each with the reason. */
  private static final Path EQUAL = Path.of("src/test/resources/decisions/equal.txt");

  /** Every cell with {@code -Dbroken.every=1}; some of them in the normal run. */
  private static final int EVERY = Integer.getInteger("broken.every", 101);

  private int number;
  private int tried;

  @Test
  void theCasesNotice() throws IOException {
    Set<String> unnoticed = new TreeSet<>();
    for (Path folder : DecisionFiles.pathways()) {
      Policy policy = ContentOnDisk.policy(folder.getFileName().toString());
      List<DecisionCase> cases = cases(folder);
      for (Path file : DecisionFiles.in(folder, ".dmn")) {
        unnoticed.addAll(unnoticed(file, cases, policy));
      }
    }
    System.out.printf("%d of %d cells broken, %d not noticed%n", tried, number, unnoticed.size());
    assertThat(unnoticed).as("broken, and no case fails").isSubsetOf(equal());
    if (EVERY == 1) {
      assertThat(equal()).as("equal").isSubsetOf(unnoticed);
    }
  }

  private Set<String> unnoticed(Path file, List<DecisionCase> cases, Policy policy)
      throws IOException {
    String text = Files.readString(file);
    DecisionTables tables = new DecisionTables(file.getFileName().toString(), text);
    List<DecisionCase> own =
        cases.stream().filter(one -> tables.rules().containsKey(one.decision())).toList();
    assertThat(own).as("as the file stands").allMatch(one -> passes(one, tables, policy));
    Set<String> unnoticed = new TreeSet<>();
    for (Broken broken : BrokenCells.of(text)) {
      if (number++ % EVERY == 0) {
        tried++;
        tables.replace(broken.text());
        if (own.stream().allMatch(one -> passes(one, tables, policy))) {
          unnoticed.add(broken.words());
        }
      }
    }
    return unnoticed;
  }

  private static Set<String> equal() throws IOException {
    return Files.readAllLines(EQUAL).stream()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .map(line -> line.split(" # ")[0].strip())
        .collect(Collectors.toSet());
  }

  private static boolean passes(DecisionCase one, DecisionTables tables, Policy policy) {
    DecisionOutcome outcome =
        tables.evaluate(
            one.decision(), one.variables(tables.model(one.decision()).inputs(), policy));
    return outcome.rules().equals(one.rules())
        && one.then().entrySet().stream()
            .allMatch(
                then ->
                    Objects.equals(
                        DecisionCase.plain(then.getValue()),
                        DecisionCase.plain(outcome.outputs().get(then.getKey()))));
  }

  private static List<DecisionCase> cases(Path folder) throws IOException {
    List<DecisionCase> cases = new ArrayList<>();
    for (Path file : DecisionFiles.in(folder.resolve("cases"), ".yaml")) {
      cases.addAll(DecisionCase.parse(Files.readString(file)));
    }
    return cases;
  }
}
