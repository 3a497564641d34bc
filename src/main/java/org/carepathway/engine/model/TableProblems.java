package org.carepathway.engine.model;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Rule;

/**
 * Faults of a decision: facts that no rule answers (a gap), facts that two rules answer (an
 * overlap), rules that can never fire, and what nobody could trace to its source and time.
 */
final class TableProblems {

  private static final Pattern EFFECTIVE =
      Pattern.compile("^Effective from \\d{4}-\\d\\d-\\d\\d\\.");
  private static final Set<HitPolicy> ALLOWED =
      EnumSet.of(HitPolicy.FIRST, HitPolicy.COLLECT, HitPolicy.RULE_ORDER);

  private final Decision decision;
  private final Map<String, String> problems = new LinkedHashMap<>();

  TableProblems(Decision decision) {
    this.decision = decision;
  }

  /** Element id to problem. */
  Map<String, String> find() {
    if (decision.getDescription() == null
        || !EFFECTIVE.matcher(decision.getDescription().getTextContent().strip()).find()) {
      add(decision.getId(), "does not say since when it holds ('Effective from 2026-11-01.')");
    }
    decision.getChildElementsByType(DecisionTable.class).forEach(this::table);
    return problems;
  }

  private void table(DecisionTable table) {
    List<Rule> rules = List.copyOf(table.getRules());
    rules.stream()
        .filter(rule -> rule.getDescription() == null)
        .forEach(rule -> add(rule.getId(), "has no description of where the rule comes from"));
    if (!ALLOWED.contains(table.getHitPolicy())) {
      add(
          decision.getId(),
          "has the hit policy %s, whose rules may overlap: take FIRST"
              .formatted(table.getHitPolicy()));
    } else if (table.getHitPolicy() == HitPolicy.FIRST) {
      first(rules);
    }
  }

  private void first(List<Rule> rules) {
    if (rules.isEmpty() || !cells(rules.get(rules.size() - 1)).stream().allMatch(String::isEmpty)) {
      add(decision.getId(), "has a gap: no condition may stand in its last rule");
    }
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      rules.subList(0, i).stream()
          .filter(earlier -> takesAll(cells(earlier), cells(rule)))
          .findFirst()
          .ifPresent(earlier -> add(rule.getId(), "can never fire after " + earlier.getId()));
    }
  }

  /** Whether every fact that fits the later rule fits the earlier one, as far as cells show it. */
  private static boolean takesAll(List<String> earlier, List<String> later) {
    return IntStream.range(0, earlier.size())
        .allMatch(i -> earlier.get(i).isEmpty() || earlier.get(i).equals(later.get(i)));
  }

  /** The conditions of a rule; empty text for any value. */
  private static List<String> cells(Rule rule) {
    return rule.getInputEntries().stream()
        .map(cell -> cell.getText() == null ? "" : cell.getText().getTextContent().strip())
        .map(text -> text.equals("-") ? "" : text)
        .toList();
  }

  private void add(String element, String problem) {
    problems.merge(element, problem, (one, other) -> one + ", and " + other);
  }
}
