package org.carepathway.content;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.carepathway.engine.model.DecisionModel;
import org.carepathway.template.Asked;

/**
 * What forms, templates and processes show of a decision is in its evidence: inputs by their label,
 * outputs by their name. Asked by another name they show nothing, and nobody notices.
 */
final class EvidenceCheck {

  /** What every decision's outputs hold beside its own. */
  private static final Set<String> ALWAYS = Set.of("hit", "rule");

  private final Map<String, DecisionModel> decisions;
  private final List<ContentProblem> problems = new ArrayList<>();

  EvidenceCheck(List<DecisionModel> decisions) {
    this.decisions =
        decisions.stream().collect(Collectors.toMap(DecisionModel::id, Function.identity()));
  }

  /**
   * @param asked file to what its expressions ask
   */
  List<ContentProblem> problems(Map<String, ? extends Collection<Asked>> asked) {
    asked.forEach(
        (file, names) ->
            names.forEach(
                name -> {
                  if (name instanceof Asked.Evidence evidence) {
                    shown(file, evidence);
                  }
                }));
    return problems;
  }

  private void shown(String file, Asked.Evidence asked) {
    String id = asked.decision();
    DecisionModel decision = decisions.get(id);
    if (decision == null) {
      add(file, id, "is asked for its evidence, and is no decision.", "Name a decision.");
    } else if ("input".equals(asked.kind()) && !decision.labels().contains(asked.name())) {
      add(
          file,
          id,
          "has no input labelled '" + asked.name() + "'.",
          "Name one of " + decision.labels());
    } else if ("output".equals(asked.kind())
        && !ALWAYS.contains(asked.name())
        && !decision.outputs().contains(asked.name())) {
      add(file, id, "has no output '" + asked.name() + "'.", "Name one of " + decision.outputs());
    }
  }

  private void add(String file, String decision, String problem, String remedy) {
    problems.add(new ContentProblem(file, decision, problem, remedy));
  }
}
