package org.carepathway.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.carepathway.content.ContentOnDisk;
import org.carepathway.content.Policy;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A fact that nobody knows never lets a patient go on who would not go on with it. Each fact of
 * each decision case is blanked in turn; and so that it matters, it is first given every value that
 * it has in any case of that decision.
 */
class UnknownIsNeverSafeTest {

  @TestFactory
  Stream<DynamicTest> everyDecision() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (var folders = Files.list(Path.of("bpmn"))) {
      for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
        DecisionTables tables = new DecisionTables(folder);
        Policy policy = ContentOnDisk.policy(folder.getFileName().toString());
        Map<String, List<DecisionCase>> cases = cases(folder);
        Map<String, Strictness> stated =
            Strictness.parse(Files.readString(folder.resolve("strictness.yaml")));
        tests.add(
            dynamicTest(
                folder.getFileName() + ": strictness of every decision",
                () -> assertThat(stated.keySet()).isEqualTo(tables.rules().keySet())));
        stated.forEach(
            (decision, strictness) ->
                tests.add(
                    dynamicTest(
                        folder.getFileName() + ": " + decision,
                        () -> check(new Blanks(tables, policy, strictness, cases.get(decision))))));
      }
    }
    return tests.stream();
  }

  private static void check(Blanks blanks) {
    System.out.println(blanks.numbers());
    assertThat(blanks.faults()).as("more permissive with an unknown fact").isEmpty();
  }

  private static Map<String, List<DecisionCase>> cases(Path folder) throws IOException {
    Map<String, List<DecisionCase>> cases = new LinkedHashMap<>();
    try (var files = Files.list(folder.resolve("cases"))) {
      for (Path file : files.sorted().toList()) {
        DecisionCase.parse(Files.readString(file))
            .forEach(
                one ->
                    cases.computeIfAbsent(one.decision(), decision -> new ArrayList<>()).add(one));
      }
    }
    return cases;
  }

  private record Blanks(
      DecisionTables tables, Policy policy, Strictness strictness, List<DecisionCase> cases) {

    /** How much is tried, for the page of clinical points. */
    String numbers() {
      return "%s: %d facts blanked in each of %d cases, %d with a reason not"
          .formatted(
              cases.get(0).decision(), blanked().size(), cases.size(), strictness.but().size());
    }

    private List<String> blanked() {
      return tables.model(cases.get(0).decision()).inputs().stream()
          .filter(fact -> !fact.equals("policy") && !strictness.but().containsKey(fact))
          .toList();
    }

    /** One for each fact: which one, and the first case in which it shows. */
    List<String> faults() {
      Map<String, String> found = new LinkedHashMap<>();
      for (String fact : blanked()) {
        Set<Object> values = new LinkedHashSet<>();
        cases.forEach(one -> values.add(one.given().get(fact)));
        values.remove(null);
        cases.stream()
            .map(one -> fault(one, fact, values))
            .filter(fault -> !fault.isEmpty())
            .findFirst()
            .ifPresent(fault -> found.put(fact, fact + " " + fault));
      }
      return List.copyOf(found.values());
    }

    private String fault(DecisionCase one, String fact, Set<Object> values) {
      Map<String, Object> facts =
          new HashMap<>(one.variables(tables.model(one.decision()).inputs(), policy));
      facts.put(fact, null);
      DecisionOutcome unknown = tables.evaluate(one.decision(), facts);
      int permitted = strictness.permits(unknown);
      for (Object value : values) {
        facts.put(fact, value instanceof Integer whole ? (Object) whole.longValue() : value);
        DecisionOutcome known = permitted == 0 ? unknown : tables.evaluate(one.decision(), facts);
        if (strictness.permits(known) < permitted) {
          return "= %s: %s, unknown: %s (case '%s')"
              .formatted(value, known.rules(), unknown.rules(), one.name());
        }
      }
      return "";
    }
  }
}
