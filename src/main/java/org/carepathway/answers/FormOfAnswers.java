package org.carepathway.answers;

import java.util.Optional;
import org.carepathway.form.Form;
import org.carepathway.pathway.OpenPathway;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.springframework.stereotype.Component;

/** Finds the form that answers were given to. */
@Component
public class FormOfAnswers {

  private final Forms forms;

  FormOfAnswers(Forms forms) {
    this.forms = forms;
  }

  /** Empty where the pathway has no such form. */
  public Optional<Form> of(OpenPathway open, QuestionnaireResponse answers) {
    return open.content().forms().entrySet().stream()
        .filter(form -> canonical(form.getValue()).equals(answers.getQuestionnaire()))
        .findFirst()
        .map(form -> forms.of(open.content(), form.getKey()));
  }

  private static String canonical(Questionnaire form) {
    return form.getUrl() + '|' + form.getVersion();
  }
}
