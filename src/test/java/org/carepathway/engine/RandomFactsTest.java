package org.carepathway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.carepathway.content.Policy;
import org.carepathway.engine.model.DecisionModel;

/**
 * No gap and no overlap: whatever is known or not known of a patient, a table that has to give one
 * answer gives one, and none fails. The facts are the texts that a column names, the numbers and
 * limits that any table names, their neighbours, and nothing at all.
 */
class RandomFactsTest {

  private static final Pattern NUMBER = Pattern.compile("(?<![\\w.-])-?\\d+(?:\\.\\d+)?(?![\\w-])");

  @Property(tries = 200)
  void everyTableAnswers(@ForAll @LongRange(min = 0) long seed) throws IOException {
    Facts.all().parallelStream().forEach(facts -> facts.check(new Random(seed)));
  }

  /** The tables of a pathway with the facts that matter to them. */
  private record Facts(DecisionTables tables, Map<String, Object> policy, List<Object> values) {

    private static List<Facts> all;

    static synchronized List<Facts> all() throws IOException {
      if (all == null) {
        all = new ArrayList<>();
        try (var folders = Files.list(Path.of("bpmn"))) {
          for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
            all.add(of(folder));
          }
        }
      }
      return all;
    }

    private static Facts of(Path folder) throws IOException {
      Path file = folder.resolve("policy.yaml");
      Map<String, Object> policy =
          Files.exists(file) ? Policy.parse(Files.readString(file)).feel() : Map.of();
      Set<Object> values = new HashSet<>(policy.values());
      try (var files = Files.list(folder)) {
        for (Path table : files.filter(some -> some.toString().endsWith(".dmn")).toList()) {
          String text = Files.readString(table).replaceAll("<description>[^<]*</description>", "");
          NUMBER.matcher(text).results().forEach(n -> values.add(Double.valueOf(n.group())));
        }
      }
      return new Facts(new DecisionTables(folder), policy, List.copyOf(values));
    }

    void check(Random random) {
      for (String decision : tables.rules().keySet()) {
        DecisionModel model = tables.model(decision);
        Map<String, Object> variables = new HashMap<>();
        model.inputs().forEach(input -> variables.put(input, fact(decision, input, random)));
        String facts = variables.toString();
        variables.put("policy", policy);
        DecisionOutcome outcome = tables.evaluate(decision, variables);
        if (tables.answersOnce(decision)) {
          assertThat(outcome.rules()).as("%s on %s", decision, facts).hasSize(1);
        }
      }
    }

    private Object fact(String decision, String input, Random random) {
      if (random.nextInt(6) == 0) {
        return null;
      }
      return switch (tables.type(decision, input)) {
        case "boolean" -> random.nextBoolean();
        case "integer", "long" -> Math.round(number(random));
        case "double", "number" -> number(random);
        case "date" -> new java.util.Date(1_793_600_000_000L + random.nextInt(10_000) * 60_000L);
        default -> text(tables.texts(decision, input), random);
      };
    }

    private double number(Random random) {
      List<Object> numbers = values.stream().filter(Number.class::isInstance).toList();
      double step = List.of(0.0, 0.01, -0.01, 1.0, -1.0).get(random.nextInt(5));
      return ((Number) numbers.get(random.nextInt(numbers.size()))).doubleValue() + step;
    }

    private static Object text(List<String> texts, Random random) {
      return texts.isEmpty() ? "some text" : texts.get(random.nextInt(texts.size()));
    }
  }
}
