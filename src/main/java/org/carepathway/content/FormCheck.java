package org.carepathway.content;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Questionnaire;

/** Forms and templates can be read. */
final class FormCheck {

  private final PathwayContent content;
  private final List<ContentProblem> problems = new ArrayList<>();

  FormCheck(PathwayContent content) {
    this.content = content;
  }

  List<ContentProblem> problems() {
    content.forms().forEach(this::form);
    content.templates().keySet().forEach(this::template);
    return problems;
  }

  private void form(String key, Questionnaire form) {
    try {
      content.form(key);
    } catch (IllegalArgumentException e) {
      String file = "Questionnaire/" + form.getIdElement().getIdPart();
      problems.add(new ContentProblem(file, "", e.getMessage(), "Mend the form."));
    }
  }

  private void template(String name) {
    try {
      content.template(name);
    } catch (IllegalArgumentException e) {
      problems.add(
          new ContentProblem("template/" + name, "", e.getMessage(), "Mend the template."));
    }
  }
}
