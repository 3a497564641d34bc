package org.carepathway.content;

import java.util.ArrayList;
import java.util.List;
import org.carepathway.engine.DecisionModel;
import org.carepathway.engine.Models;
import org.carepathway.engine.ProcessModel;
import org.carepathway.engine.Step;
import org.carepathway.form.FormReader;
import org.carepathway.template.FhirPaths;
import org.springframework.stereotype.Component;

/**
 * The compiler of content: finds what would fail, or strand a patient, before anybody is on the
 * pathway. Runs at every start and in the tests.
 */
@Component
public class ContentCheck {

  private final FhirPaths paths;
  private final FormReader forms;
  private final List<Step> vocabulary;

  ContentCheck(FhirPaths paths, FormReader forms, List<Step> vocabulary) {
    this.paths = paths;
    this.forms = forms;
    this.vocabulary = vocabulary;
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
                  decisions.addAll(Models.decisions(file, text));
                } else {
                  processes.addAll(Models.processes(file, text));
                }
              } catch (RuntimeException e) {
                problems.add(
                    new ContentProblem(file, "", "cannot be read: " + e.getMessage(), "Mend it."));
              }
            });
    if (problems.isEmpty()) {
      problems.addAll(new ProcessCheck(content, processes, decisions).problems());
      problems.addAll(new StepCheck(content, processes, decisions, vocabulary, paths).problems());
      problems.addAll(new FormCheck(content, forms, paths).problems());
    }
    if (problems.isEmpty()) {
      problems.addAll(new AnswersCheck(content, forms).problems());
    }
    return problems;
  }
}
