package org.carepathway.content;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.carepathway.engine.Step;
import org.carepathway.engine.model.DecisionModel;
import org.carepathway.engine.model.DecisionModels;
import org.carepathway.engine.model.ProcessModel;
import org.carepathway.engine.model.ProcessModels;
import org.carepathway.template.Asked;
import org.carepathway.template.FhirPaths;
import org.springframework.stereotype.Component;

/**
 * The compiler of content: finds what would fail, or strand a patient, before anybody is on the
 * pathway. Runs at every start and in the tests.
 */
@Component
public class ContentCheck {

  private final FhirPaths paths;
  private final Vocabulary vocabulary;

  ContentCheck(FhirPaths paths, List<Step> vocabulary) {
    this.paths = paths;
    this.vocabulary = new Vocabulary(vocabulary);
  }

  /** Every fault of a pathway; empty when it is whole. */
  public List<ContentProblem> check(PathwayContent content) {
    List<ProcessModel> processes = new ArrayList<>();
    List<DecisionModel> decisions = new ArrayList<>();
    List<ContentProblem> problems = new ArrayList<>();
    content
        .models()
        .forEach(
            (file, text) -> {
              try {
                if (file.endsWith(".dmn")) {
                  decisions.addAll(DecisionModels.read(file, text));
                } else {
                  processes.addAll(ProcessModels.read(file, text));
                }
              } catch (RuntimeException e) {
                problems.add(
                    new ContentProblem(file, "", "cannot be read: " + e.getMessage(), "Mend it."));
              }
            });
    if (problems.isEmpty()) {
      problems.addAll(new ProcessCheck(content, processes, decisions).problems());
      problems.addAll(new VisitCheck(processes).problems());
      problems.addAll(new StepCheck(content, processes, decisions, vocabulary, paths).problems());
      problems.addAll(new VariableCheck(content, processes, decisions, vocabulary).problems());
      problems.addAll(new FormCheck(content).problems());
      problems.addAll(new KindsCheck(content).problems());
      problems.addAll(new CardCheck(content, processes, paths).problems());
      problems.addAll(new SentCheck(content, paths, ProcessCheck.ROLES).problems());
      problems.addAll(new WaitingCheck(content, paths).problems());
    }
    if (problems.isEmpty()) {
      Map<String, Set<String>> expressions = Expressions.of(content, processes, vocabulary);
      Map<String, Set<Asked>> asked = asked(expressions);
      problems.addAll(CauseCheck.of(expressions, paths));
      problems.addAll(new AnswersCheck(content).problems(asked));
      problems.addAll(new EvidenceCheck(decisions).problems(asked));
      problems.addAll(new AppointmentsCheck(content).problems(asked));
      problems.addAll(new CategoryCheck(content).problems(expressions));
      problems.addAll(new UnreadCheck(content, paths).problems(expressions));
    }
    return problems;
  }

  /** File to what its expressions ask for by name. */
  private Map<String, Set<Asked>> asked(Map<String, Set<String>> expressions) {
    Map<String, Set<Asked>> asked = new LinkedHashMap<>();
    expressions.forEach(
        (file, some) ->
            asked.put(
                file,
                some.stream()
                    .flatMap(expression -> paths.asked(expression).stream())
                    .collect(Collectors.toSet())));
    return asked;
  }
}
