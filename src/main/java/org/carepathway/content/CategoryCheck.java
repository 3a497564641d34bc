package org.carepathway.content;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;

/**
 * Every Observation that a pathway writes says of which kind it is, in the code system by which an
 * EHR searches. Beside it stands the time point, so no expression may take the category for one
 * code: equality with two is false, and what was measured is not found.
 */
final class CategoryCheck {

  private static final String SYSTEM = "http://terminology.hl7.org/CodeSystem/observation-category";

  /** From an Observation to the next type, an equality with the one code of the category. */
  private static final Pattern ONE_CODE =
      Pattern.compile("ofType\\(Observation\\)(?:(?!ofType\\().)*?category\\.coding\\.code *=");

  private final PathwayContent content;
  private final List<ContentProblem> problems = new ArrayList<>();

  CategoryCheck(PathwayContent content) {
    this.content = content;
  }

  /**
   * @param expressions file or resource to its expressions
   */
  List<ContentProblem> problems(Map<String, ? extends Collection<String>> expressions) {
    content
        .forms()
        .forEach(
            (key, form) ->
                form.getContained().forEach(inside -> template("Questionnaire/" + key, inside)));
    content.templates().forEach((name, template) -> template("template/" + name, template));
    expressions.forEach(
        (file, some) ->
            some.stream()
                .filter(expression -> ONE_CODE.matcher(expression).find())
                .forEach(
                    expression ->
                        add(
                            file,
                            expression,
                            "takes the category of an Observation for one code.",
                            "Ask category.coding.where(code = ...).exists().")));
    return problems;
  }

  private void template(String file, Resource template) {
    if (template instanceof Observation observation
        && observation.getCategory().stream()
            .flatMap(category -> category.getCoding().stream())
            .noneMatch(coding -> SYSTEM.equals(coding.getSystem()) && coding.hasCode())) {
      add(
          file,
          observation.getIdElement().getIdPart(),
          "is an Observation without a category of " + SYSTEM + ".",
          "Give one, such as survey, exam, laboratory, vital-signs or imaging.");
    }
  }

  private void add(String file, String element, String problem, String remedy) {
    problems.add(new ContentProblem(file, element, problem, remedy));
  }
}
