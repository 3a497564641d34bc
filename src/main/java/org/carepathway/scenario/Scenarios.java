package org.carepathway.scenario;

import java.time.Duration;
import java.time.Period;
import java.time.temporal.TemporalAmount;
import java.util.List;
import java.util.Map;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.Scenario.Revoke;
import org.carepathway.scenario.Scenario.Step;
import org.carepathway.scenario.Scenario.Wait;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads scenarios from YAML. */
public final class Scenarios {

  private Scenarios() {}

  /**
   * @throws IllegalArgumentException naming the step that cannot be understood
   */
  @SuppressWarnings("unchecked")
  public static Scenario parse(String yaml) {
    Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    List<Map<String, Object>> steps = (List<Map<String, Object>>) document.get("steps");
    return new Scenario(
        (String) document.get("name"),
        steps.stream().map(Scenarios::step).toList(),
        (List<String>) document.getOrDefault("expect", List.of()));
  }

  @SuppressWarnings("unchecked")
  private static Step step(Map<String, Object> step) {
    if (step.get("task") instanceof String task) {
      return new Answer(task, (Map<String, Object>) step.getOrDefault("answers", Map.of()));
    }
    if (step.get("wait") instanceof String time) {
      return new Wait(amount(time));
    }
    if ("referral".equals(step.get("revoke"))) {
      return new Revoke();
    }
    throw new IllegalArgumentException("a step is a task, a wait or a revoke, not " + step);
  }

  private static TemporalAmount amount(String iso) {
    return iso.contains("T") ? Duration.parse(iso) : Period.parse(iso);
  }
}
