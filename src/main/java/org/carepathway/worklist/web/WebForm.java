package org.carepathway.worklist.web;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carepathway.form.FormIssue;
import org.carepathway.form.FormPost;
import org.carepathway.form.FormView;
import org.carepathway.form.Posted;
import org.carepathway.worklist.AnswersRefused;
import org.springframework.stereotype.Component;

/** A form between its page and the service. */
@Component
class WebForm {

  private static final String CONFIRM = "confirm-warnings";

  private final Clock clock;

  WebForm(Clock clock) {
    this.clock = clock;
  }

  /**
   * A form as it was posted and not taken.
   *
   * @param warned whether nothing but warnings stands in the way, which the person may confirm
   */
  record Refused(FormView form, boolean warned) {}

  /** The form to fill in, with what is known already. */
  FormView filled(Questions questions) {
    return FormView.of(questions.form(), questions.prefilled(), List.of(), clock.getZone());
  }

  /**
   * Submits what was posted.
   *
   * @return the form as it was posted, with what is wrong; empty when it was taken
   */
  Optional<Refused> submit(Questions questions, Map<String, List<String>> parameters) {
    Posted posted =
        FormPost.read(questions.form(), parameters, questions.prefilled(), clock.getZone());
    List<FormIssue> issues = issues(questions, posted, parameters.containsKey(CONFIRM));
    return issues.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Refused(
                FormView.of(questions.form(), posted, issues, clock.getZone()),
                issues.stream().noneMatch(FormIssue::isError)));
  }

  /** What could not even be read must not get lost: then nothing is submitted. */
  private static List<FormIssue> issues(Questions questions, Posted posted, boolean confirmed) {
    if (!posted.issues().isEmpty()) {
      return posted.issuesAnd(questions.check().apply(posted.response()));
    }
    try {
      questions.submit().accept(posted.response(), confirmed);
      return List.of();
    } catch (AnswersRefused refused) {
      return refused.issues();
    }
  }
}
