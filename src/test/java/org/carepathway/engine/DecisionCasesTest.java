package org.carepathway.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.carepathway.content.ContentOnDisk;
import org.carepathway.content.Policy;
import org.carepathway.engine.model.DecisionModel;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The decision cases of every pathway, each against its table; and every rule of a table that has
 * cases fires in one of them.
 */
class DecisionCasesTest {

  @TestFactory
  Stream<DynamicTest> everyCase() throws IOException {
    return DecisionFiles.pathways().stream().flatMap(DecisionCasesTest::ofPathway);
  }

  private static Stream<DynamicTest> ofPathway(Path folder) {
    try {
      DecisionTables tables = new DecisionTables(folder);
      Policy policy = ContentOnDisk.policy(folder.getFileName().toString());
      Map<String, Set<String>> fired = new LinkedHashMap<>();
      List<DynamicTest> tests = new ArrayList<>();
      for (Path file : DecisionFiles.in(folder.resolve("cases"), ".yaml")) {
        for (DecisionCase one : DecisionCase.parse(Files.readString(file))) {
          tests.add(
              dynamicTest(
                  "%s: %s: %s".formatted(folder.getFileName(), one.decision(), one.name()),
                  () ->
                      fired
                          .computeIfAbsent(one.decision(), d -> new HashSet<>())
                          .addAll(check(one, tables, policy))));
        }
      }
      tests.add(
          dynamicTest(
              folder.getFileName() + ": every rule fires", () -> everyRuleFires(tables, fired)));
      return tests.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> check(DecisionCase one, DecisionTables tables, Policy policy) {
    DecisionModel model = tables.model(one.decision());
    assertThat(one.given().keySet()).as("given").isSubsetOf(model.inputs());
    assertThat(one.then().keySet()).as("then").isSubsetOf(model.outputs());
    DecisionOutcome outcome =
        tables.evaluate(one.decision(), one.variables(model.inputs(), policy));
    assertThat(outcome.rules()).as("rules that fire").isEqualTo(one.rules());
    one.then()
        .forEach(
            (output, value) ->
                assertThat(DecisionCase.plain(outcome.outputs().get(output)))
                    .as(output)
                    .isEqualTo(DecisionCase.plain(value)));
    return outcome.rules();
  }

  private static void everyRuleFires(DecisionTables tables, Map<String, Set<String>> fired) {
    Map<String, List<String>> never = new LinkedHashMap<>();
    tables
        .rules()
        .forEach(
            (decision, rules) -> {
              List<String> left = new ArrayList<>(rules);
              left.removeAll(fired.getOrDefault(decision, Set.of()));
              if (!left.isEmpty()) {
                never.put(decision, left);
              }
            });
    never.forEach(
        (decision, rules) -> System.out.println("no case for " + decision + ": " + rules));
    never.keySet().retainAll(fired.keySet());
    assertThat(never).as("rules without a case").isEmpty();
  }
}
