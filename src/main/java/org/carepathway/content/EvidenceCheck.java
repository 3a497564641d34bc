package org.carepathway.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.carepathway.engine.DecisionModel;

/**
 * What forms, templates and processes show of a decision is in its evidence: inputs by their label,
 * outputs by their name. Asked by another name they show nothing, and nobody notices.
 */
final class EvidenceCheck {

  private static final Pattern SHOWN =
      Pattern.compile(
          "module\\.contains\\('/([^']+)\\|'\\)\\)\\.last\\(\\)\\.contained\\.where\\(id ="
              + " '(inputs|outputs)'\\)\\.parameter\\.where\\(name = '([^']+)'");

  /** What every decision's outputs hold beside its own. */
  private static final Set<String> ALWAYS = Set.of("hit", "rule");

  private final Map<String, String> texts;
  private final Map<String, DecisionModel> decisions;
  private final List<ContentProblem> problems = new ArrayList<>();

  EvidenceCheck(Map<String, String> texts, List<DecisionModel> decisions) {
    this.texts = texts;
    this.decisions =
        decisions.stream().collect(Collectors.toMap(DecisionModel::id, Function.identity()));
  }

  List<ContentProblem> problems() {
    texts.forEach((file, text) -> SHOWN.matcher(text).results().forEach(one -> shown(file, one)));
    return problems;
  }

  private void shown(String file, MatchResult asked) {
    String id = asked.group(1);
    String name = asked.group(3);
    DecisionModel decision = decisions.get(id);
    if (decision == null) {
      add(file, id, "is asked for its evidence, and is no decision.", "Name a decision.");
    } else if (asked.group(2).equals("inputs") && !decision.labels().contains(name)) {
      add(file, id, "has no input labelled '" + name + "'.", "Name one of " + decision.labels());
    } else if (asked.group(2).equals("outputs")
        && !ALWAYS.contains(name)
        && !decision.outputs().contains(name)) {
      add(file, id, "has no output '" + name + "'.", "Name one of " + decision.outputs());
    }
  }

  private void add(String file, String decision, String problem, String remedy) {
    problems.add(new ContentProblem(file, decision, problem, remedy));
  }
}
