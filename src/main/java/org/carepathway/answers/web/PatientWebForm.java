package org.carepathway.answers.web;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carepathway.answers.AnswersRefused;
import org.carepathway.answers.Draft;
import org.carepathway.answers.Given;
import org.carepathway.answers.Prefilled;
import org.carepathway.answers.web.WebForm.Refused;
import org.carepathway.form.FormIssue;
import org.carepathway.form.FormPost;
import org.carepathway.form.FormView;
import org.carepathway.form.PatientForm;
import org.carepathway.form.Posted;
import org.carepathway.page.Texts;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** A form between the page of a patient who answers without staff, and the service. */
@Component
public class PatientWebForm {

  private static final String CONFIRM = "confirm-warnings";

  private final Clock clock;
  private final Texts texts;

  PatientWebForm(Clock clock, Texts texts) {
    this.clock = clock;
    this.texts = texts;
  }

  /** Shows the form to fill in, with the patient's draft. */
  public void fill(Prefilled first, Optional<Draft> draft, Model model) {
    PatientForm form = first.form().toPatient();
    Posted shown =
        draft
            .map(kept -> read(first, kept.entered()))
            .orElse(new Posted(form.first(first.answers()), List.of(), Map.of()));
    model.addAttribute("form", view(form, shown, List.of()));
  }

  /** What the page has posted. */
  public Given given(Prefilled first, Map<String, List<String>> parameters) {
    PatientForm form = first.form().toPatient();
    return new Given(now -> read(now, parameters), parameters.containsKey(CONFIRM), form::concerns);
  }

  /** The form as it was posted, with what is to be put right. */
  public void again(AnswersRefused refused, Model model) {
    PatientForm form = refused.first().form().toPatient();
    List<FormIssue> issues = refused.issues();
    new Refused(
            view(form, refused.posted(), issues),
            issues.stream().noneMatch(FormIssue::isError),
            null)
        .show(model);
  }

  private Posted read(Prefilled first, Map<String, List<String>> parameters) {
    PatientForm form = first.form().toPatient();
    return FormPost.read(
        form.asked(),
        parameters,
        form.first(first.answers()),
        clock.getZone(),
        texts.of(form.asked()));
  }

  private FormView view(PatientForm form, Posted posted, List<FormIssue> issues) {
    return form.shown(FormView.of(texts.of(form.asked()), posted, issues, clock.getZone()));
  }
}
