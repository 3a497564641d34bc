package org.carepathway.worklist.web;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.carepathway.form.Form;
import org.carepathway.form.FormIssue;
import org.carepathway.form.FormPost;
import org.carepathway.form.FormView;
import org.carepathway.form.Posted;
import org.carepathway.worklist.AnswersRefused;
import org.carepathway.worklist.Completion;
import org.carepathway.worklist.WorkItem;
import org.springframework.stereotype.Component;

/** The form of a task between the page and the service. */
@Component
class TaskForm {

  private final Completion completion;
  private final Clock clock;

  TaskForm(Completion completion, Clock clock) {
    this.completion = completion;
    this.clock = clock;
  }

  /** The form to fill in, with what is known already. */
  FormView filled(WorkItem item) {
    return FormView.of(
        completion.form(item), completion.populate(item.id()), List.of(), clock.getZone());
  }

  /**
   * Completes the task with what was posted.
   *
   * @return the form as it was posted, with what is wrong; empty when the task is done
   */
  Optional<FormView> complete(WorkItem item, Map<String, List<String>> parameters) {
    Form form = completion.form(item);
    Posted posted =
        FormPost.read(form, parameters, completion.populate(item.id()), clock.getZone());
    List<FormIssue> issues = issues(item, posted);
    return issues.isEmpty()
        ? Optional.empty()
        : Optional.of(FormView.of(form, posted, issues, clock.getZone()));
  }

  /** What could not even be read must not get lost: then nothing is completed. */
  private List<FormIssue> issues(WorkItem item, Posted posted) {
    if (!posted.issues().isEmpty()) {
      return posted.issuesAnd(completion.check(item.id(), posted.response()));
    }
    try {
      completion.complete(item.id(), posted.response(), OptionalInt.empty());
      return List.of();
    } catch (AnswersRefused refused) {
      return refused.issues();
    }
  }
}
