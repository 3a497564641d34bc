package org.carepathway.engine;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationEvent;
import org.camunda.bpm.dmn.engine.delegate.DmnEvaluatedDecisionRule;
import org.camunda.bpm.dmn.engine.delegate.DmnEvaluatedOutput;

/**
 * What a decision table said, and why.
 *
 * @param decision its id
 * @param version its version tag
 * @param rules ids of the rules that fired, in table order
 * @param inputs input name to the value it had; null where unknown
 * @param outputs output name to value; several hits are joined by commas, without repeats
 */
public record DecisionOutcome(
    String decision,
    String version,
    List<String> rules,
    Map<String, Object> inputs,
    Map<String, Object> outputs) {

  static DecisionOutcome of(
      String decision, String version, DmnDecisionTableEvaluationEvent event) {
    Map<String, Object> inputs = new LinkedHashMap<>();
    event.getInputs().forEach(input -> inputs.put(input.getName(), value(input.getValue())));
    List<DmnEvaluatedDecisionRule> hits = event.getMatchingRules();
    return new DecisionOutcome(
        decision,
        version,
        hits.stream().map(DmnEvaluatedDecisionRule::getId).toList(),
        inputs,
        outputs(hits));
  }

  private static Map<String, Object> outputs(List<DmnEvaluatedDecisionRule> hits) {
    Map<String, List<Object>> columns = new LinkedHashMap<>();
    hits.stream()
        .map(DmnEvaluatedDecisionRule::getOutputEntries)
        .map(Map::values)
        .flatMap(Collection::stream)
        .forEach(
            (DmnEvaluatedOutput output) ->
                columns
                    .computeIfAbsent(output.getOutputName(), name -> new java.util.ArrayList<>())
                    .add(value(output.getValue())));
    Map<String, Object> outputs = new LinkedHashMap<>();
    columns.forEach((name, values) -> outputs.put(name, joined(values)));
    return outputs;
  }

  private static Object joined(List<Object> values) {
    List<Object> distinct = values.stream().filter(Objects::nonNull).toList();
    return switch (distinct.size()) {
      case 0 -> null;
      case 1 -> distinct.get(0);
      default ->
          distinct.stream().map(Object::toString).distinct().collect(Collectors.joining(","));
    };
  }

  private static Object value(org.camunda.bpm.engine.variable.value.TypedValue typed) {
    return typed == null ? null : typed.getValue();
  }
}
