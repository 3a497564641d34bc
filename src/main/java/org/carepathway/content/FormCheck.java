package org.carepathway.content;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.carepathway.template.Expressions;
import org.carepathway.template.FhirPaths;
import org.carepathway.template.ResourceTemplate;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Resource;

/** Forms and templates can be read, and each question is asked once. */
final class FormCheck {

  private final PathwayContent content;
  private final FhirPaths paths;
  private final List<ContentProblem> problems = new ArrayList<>();

  FormCheck(PathwayContent content, FhirPaths paths) {
    this.content = content;
    this.paths = paths;
  }

  List<ContentProblem> problems() {
    content.forms().values().forEach(this::form);
    content.templates().forEach((name, template) -> template("template/" + name, template));
    return problems;
  }

  private void form(Questionnaire form) {
    String file = "Questionnaire/" + form.getIdElement().getIdPart();
    Set<String> seen = new HashSet<>();
    form.getItem().forEach(item -> item(file, item, seen));
    for (String expression : Expressions.in(form)) {
      try {
        paths.parse(expression);
      } catch (IllegalArgumentException e) {
        problems.add(new ContentProblem(file, "", e.getMessage(), "Mend the FHIRPath."));
      }
    }
    for (Resource contained : form.getContained()) {
      template(file, contained);
    }
  }

  private void item(String file, QuestionnaireItemComponent item, Set<String> seen) {
    if (!seen.add(item.getLinkId())) {
      problems.add(
          new ContentProblem(
              file, item.getLinkId(), "is asked twice.", "Give each item its own linkId."));
    }
    item.getItem().forEach(child -> item(file, child, seen));
  }

  private void template(String file, Resource template) {
    try {
      ResourceTemplate.of(file, template, paths);
    } catch (IllegalArgumentException e) {
      problems.add(new ContentProblem(file, "", e.getMessage(), "Mend the template."));
    }
  }
}
