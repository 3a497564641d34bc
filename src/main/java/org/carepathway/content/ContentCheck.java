package org.carepathway.content;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
      problems.addAll(new VariableCheck(content, processes, decisions).problems());
      problems.addAll(new FormCheck(content, forms, paths).problems());
    }
    if (problems.isEmpty()) {
      Map<String, String> texts = texts(content);
      problems.addAll(new AnswersCheck(texts, content, forms).problems());
      problems.addAll(new EvidenceCheck(texts, decisions).problems());
    }
    return problems;
  }

  /** All that has FHIRPath, by file. */
  private static Map<String, String> texts(PathwayContent content) {
    IParser json = FhirContext.forR4Cached().newJsonParser();
    Map<String, String> texts = new LinkedHashMap<>(content.models());
    content
        .forms()
        .forEach(
            (key, form) -> texts.put("Questionnaire/" + key, json.encodeResourceToString(form)));
    content
        .templates()
        .forEach((name, some) -> texts.put("template/" + name, json.encodeResourceToString(some)));
    return texts;
  }
}
