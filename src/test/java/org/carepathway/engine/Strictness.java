package org.carepathway.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * How permissive the outcomes of a decision are, from {@code bpmn/<pathway>/strictness.yaml}.
 *
 * @param output the output that says how it goes on
 * @param order its values, the strictest row first; {@code none} is no answer
 * @param but input to the reason why its absence may be read as something by itself
 */
record Strictness(String output, List<List<String>> order, Map<String, String> but) {

  static Map<String, Strictness> parse(String yaml) {
    Map<String, Map<String, Object>> all =
        new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    Map<String, Strictness> parsed = new TreeMap<>();
    all.forEach((decision, written) -> parsed.put(decision, of(written)));
    return parsed;
  }

  @SuppressWarnings("unchecked")
  private static Strictness of(Map<String, Object> written) {
    return new Strictness(
        (String) written.get("output"),
        (List<List<String>>) written.get("order"),
        (Map<String, String>) written.getOrDefault("but", Map.of()));
  }

  /** 0 is the strictest; of a table that collects, the strictest of its answers counts. */
  int permits(DecisionOutcome outcome) {
    String value = String.valueOf(outcome.outputs().get(output)).replaceAll("^null$", "none");
    return Arrays.stream(value.split(",")).mapToInt(this::rank).min().orElseThrow();
  }

  private int rank(String value) {
    for (int row = 0; row < order.size(); row++) {
      if (order.get(row).contains(value)) {
        return row;
      }
    }
    throw new IllegalStateException("strictness of '%s' is not stated: %s".formatted(value, order));
  }
}
