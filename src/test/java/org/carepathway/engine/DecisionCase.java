package org.carepathway.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.carepathway.content.Policy;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * One question put to a decision table, {@code bpmn/<pathway>/cases/*.yaml}.
 *
 * @param given input to value; an input that is not named is not known (null)
 * @param policy policy values that differ from the pathway's own
 * @param then output to value, of the outputs that matter
 * @param rules ids of the rules that fire, in table order
 */
record DecisionCase(
    String name,
    String decision,
    Map<String, Object> given,
    Map<String, String> policy,
    Map<String, Object> then,
    List<String> rules) {

  static List<DecisionCase> parse(String yaml) {
    List<Map<String, Object>> cases = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    return cases.stream().map(DecisionCase::of).toList();
  }

  @SuppressWarnings("unchecked")
  private static DecisionCase of(Map<String, Object> written) {
    for (String key : List.of("name", "decision", "given", "then", "rules")) {
      if (written.get(key) == null) {
        throw new IllegalArgumentException("a case needs '%s': %s".formatted(key, written));
      }
    }
    Map<String, String> policy = new HashMap<>();
    ((Map<String, Object>) written.getOrDefault("policy", Map.of()))
        .forEach((name, value) -> policy.put(name, value.toString()));
    return new DecisionCase(
        (String) written.get("name"),
        (String) written.get("decision"),
        (Map<String, Object>) written.get("given"),
        policy,
        (Map<String, Object>) written.get("then"),
        (List<String>) written.get("rules"));
  }

  /** The variables as the step {@code decide} has them: whole numbers are Long. */
  Map<String, Object> variables(Iterable<String> inputs, Policy defaults) {
    Map<String, Object> variables = new HashMap<>();
    inputs.forEach(input -> variables.put(input, null));
    given.forEach(
        (input, value) ->
            variables.put(
                input, value instanceof Integer whole ? (Object) whole.longValue() : value));
    variables.put("policy", defaults.with(policy).feel());
    return variables;
  }

  /** 5, 5L and 5.0 are the same number. */
  static Object plain(Object value) {
    return value instanceof Number number ? (Object) number.doubleValue() : value;
  }
}
