package org.carepathway.content;

import java.util.ArrayList;
import java.util.List;
import org.carepathway.form.FormReader;
import org.carepathway.template.FhirPaths;
import org.carepathway.template.ResourceTemplate;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Resource;

/** Forms and templates can be read. */
final class FormCheck {

  private final PathwayContent content;
  private final FormReader reader;
  private final FhirPaths paths;
  private final List<ContentProblem> problems = new ArrayList<>();

  FormCheck(PathwayContent content, FormReader reader, FhirPaths paths) {
    this.content = content;
    this.reader = reader;
    this.paths = paths;
  }

  List<ContentProblem> problems() {
    content.forms().values().forEach(this::form);
    content.templates().forEach((name, template) -> template("template/" + name, template));
    return problems;
  }

  private void form(Questionnaire form) {
    String file = "Questionnaire/" + form.getIdElement().getIdPart();
    try {
      reader.read(form);
    } catch (IllegalArgumentException e) {
      problems.add(new ContentProblem(file, "", e.getMessage(), "Mend the form."));
    }
  }

  private void template(String file, Resource template) {
    try {
      ResourceTemplate.of(file, template, paths);
    } catch (IllegalArgumentException e) {
      problems.add(new ContentProblem(file, "", e.getMessage(), "Mend the template."));
    }
  }
}
