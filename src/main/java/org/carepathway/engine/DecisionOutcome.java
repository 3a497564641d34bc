package org.carepathway.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationEvent;
import org.camunda.bpm.dmn.engine.delegate.DmnEvaluatedDecisionRule;
import org.camunda.bpm.dmn.engine.delegate.DmnEvaluatedOutput;
import org.camunda.bpm.dmn.engine.impl.DmnDecisionTableImpl;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.camunda.bpm.model.dmn.HitPolicy;

/**
 * What a decision table said, and why.
 *
 * @param decision its id
 * @param version its version tag
 * @param rules ids of the rules that fired, in table order
 * @param inputs input name to the value it had; null where unknown
 * @param outputs output name to value; the values of several hits are joined by commas in table
 *     order, so that the columns of a table that collects stay aligned
 * @param hits what each rule that fired put out, for tables that collect; empty for others
 */
public record DecisionOutcome(
    String decision,
    String version,
    List<String> rules,
    Map<String, Object> inputs,
    Map<String, Object> outputs,
    List<Hit> hits) {

  /**
   * One rule that fired.
   *
   * @param rule its id
   * @param outputs output name to value; null where the rule says nothing
   */
  public record Hit(String rule, Map<String, Object> outputs) {}

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
        outputs(hits),
        collects(event) ? hits.stream().map(DecisionOutcome::hit).toList() : List.of());
  }

  private static boolean collects(DmnDecisionTableEvaluationEvent event) {
    HitPolicy policy =
        ((DmnDecisionTableImpl) event.getDecision().getDecisionLogic())
            .getHitPolicyHandler()
            .getHitPolicyEntry()
            .getHitPolicy();
    return policy == HitPolicy.COLLECT || policy == HitPolicy.RULE_ORDER;
  }

  private static Hit hit(DmnEvaluatedDecisionRule rule) {
    Map<String, Object> outputs = new LinkedHashMap<>();
    rule.getOutputEntries()
        .values()
        .forEach(output -> outputs.put(output.getOutputName(), value(output.getValue())));
    return new Hit(rule.getId(), outputs);
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
                    .computeIfAbsent(output.getOutputName(), name -> new ArrayList<>())
                    .add(value(output.getValue())));
    Map<String, Object> outputs = new LinkedHashMap<>();
    columns.forEach((name, values) -> outputs.put(name, joined(values)));
    return outputs;
  }

  private static Object joined(List<Object> values) {
    List<Object> known = values.stream().filter(Objects::nonNull).toList();
    return switch (known.size()) {
      case 0 -> null;
      case 1 -> known.get(0);
      default -> known.stream().map(Object::toString).collect(Collectors.joining(","));
    };
  }

  private static Object value(TypedValue typed) {
    return typed == null ? null : typed.getValue();
  }
}
