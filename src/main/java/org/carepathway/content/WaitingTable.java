package org.carepathway.content;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.carepathway.content.WaitingRule.Effect;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * When the clock of a patient's wait starts, pauses and stops, {@code bpmn/<pathway>/waiting.yaml}.
 * It is not part of a version: what is changed in it holds for everybody from the next start.
 *
 * @param limit FHIRPath: how long the patient may wait, as a time limit of the calendar; null where
 *     there is no table
 * @param rules in the order of the file: of two things at the same instant the first comes first
 */
public record WaitingTable(String limit, List<WaitingRule> rules) {

  static final String FILE = "waiting.yaml";

  /** Of a pathway that has none. */
  public static final WaitingTable NONE = new WaitingTable(null, List.of());

  /**
   * @throws IllegalArgumentException naming what is not whole
   */
  @SuppressWarnings("unchecked")
  public static WaitingTable parse(String yaml) {
    try {
      Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
      Map<String, Map<String, Object>> rows =
          (Map<String, Map<String, Object>>) document.get("rules");
      return new WaitingTable(
          required("the table", document, "limit"),
          rows.entrySet().stream().map(row -> rule(row.getKey(), row.getValue())).toList());
    } catch (ClassCastException | NullPointerException | YAMLException e) {
      throw new IllegalArgumentException(
          "needs 'limit' and 'rules' by name, each with its values", e);
    }
  }

  @SuppressWarnings("unchecked")
  private static WaitingRule rule(String name, Map<String, Object> row) {
    return new WaitingRule(
        name,
        effect(name, required(name, row, "effect")),
        (String) row.get("each"),
        required(name, row, "at"),
        (String) row.get("until"),
        (Map<String, String>) row.getOrDefault("text", Map.of()),
        required(name, row, "source"),
        required(name, row, "evidence"));
  }

  private static Effect effect(String name, String code) {
    try {
      return Effect.ofCode(code);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  private static String required(String name, Map<String, Object> row, String key) {
    if (row.get(key) == null) {
      throw new IllegalArgumentException("%s: needs '%s'".formatted(name, key));
    }
    return row.get(key).toString();
  }

  /** All FHIRPath in it. */
  public List<String> expressions() {
    return Stream.concat(
            Stream.of(limit),
            rules.stream().flatMap(rule -> Stream.of(rule.each(), rule.at(), rule.until())))
        .filter(Objects::nonNull)
        .toList();
  }
}
